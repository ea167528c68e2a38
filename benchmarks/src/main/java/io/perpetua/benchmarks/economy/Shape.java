package io.perpetua.benchmarks.economy;

/**
 * How long the turns of a conversation are.
 *
 * @param name what to call it
 * @param user tokens of a user's turn, on average
 * @param assistant tokens of an answer, on average
 */
record Shape(String name, int user, int assistant) {

    /** People who write to each other. */
    static final Shape CHATTY = new Shape("chatty", 40, 40);

    /** A person with short questions, an assistant with long answers. */
    static final Shape ASSISTANT = new Shape("assistant", 60, 350);
}
