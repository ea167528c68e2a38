package io.perpetua.benchmarks.memory;

/** Whose recall is measured. */
enum Contender {
    PERPETUA("Perpetua", "perpetua"),
    WITHOUT_EMBEDDER("without embedder", "without_embedder"),
    BM25_WINDOWS("BM25 ±2", "bm25_windows"),
    MIX("lexical mix", "mix"),
    MIX_WINDOWS("lexical mix ±2", "mix_windows"),
    LAST_TURNS("last turns only", "last_turns");

    private final String label;
    private final String key;

    Contender(String label, String key) {
        this.label = label;
        this.key = key;
    }

    /** What people call it. */
    String label() {
        return label;
    }

    /** What documents call it. */
    String key() {
        return key;
    }

    /** Whether it is what others do. */
    boolean isBaseline() {
        return this != PERPETUA && this != WITHOUT_EMBEDDER;
    }
}
