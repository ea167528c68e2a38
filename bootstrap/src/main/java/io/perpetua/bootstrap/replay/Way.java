package io.perpetua.bootstrap.replay;

/** What a client may send to a model that is to know what was said before. */
public enum Way {
    /** All of it, each time. */
    FULL_HISTORY("full history"),
    /** The last turns within a number of tokens, such that it sends as many in all as ours does. */
    SLIDING_WINDOW("sliding window"),
    /** The same parts as ours, with what was found written anew into the system message in front of the recent turns. */
    REWRITTEN("rewritten"),
    /** What Perpetua sends. */
    OURS("ours");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    /** What to call it. */
    public String title() {
        return title;
    }
}
