package io.perpetua.adapters.llm.tokens;

import io.perpetua.domain.tokens.TokenCounter;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The byte pair encodings whose exact counts are known here. */
enum BpeEncoding {
    CL100K_BASE("cl100k_base"),
    O200K_BASE("o200k_base");

    /** What OpenAI calls it. */
    final String label;

    BpeEncoding(String label) {
        this.label = label;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static BpeEncoding labelled(String label) {
        for (BpeEncoding encoding : values()) {
            if (encoding.label.equals(label)) {
                return encoding;
            }
        }
        throw new IllegalArgumentException("unknown encoding: " + label);
    }

    /**
     * A new counter with a vocabulary of its own; takes a few hundred milliseconds and some 10 MB.
     *
     * @throws IOException if the vocabulary is not on the class path or cannot be read
     */
    TokenCounter load() throws IOException {
        String file = "/com/knuddels/jtokkit/" + label + ".tiktoken";
        try (var in = BpeEncoding.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file + " is not on the class path");
            }
            return new BpeTokenCounter(splitter(), Vocabulary.read(in));
        }
    }

    private Splitter splitter() {
        return switch (this) {
            case CL100K_BASE -> new Cl100kSplitter();
            case O200K_BASE -> new O200kSplitter();
        };
    }
}
