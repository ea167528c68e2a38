package io.perpetua.bootstrap;

import java.util.List;

/**
 * What a scripted model answers, in whichever dialect. It used 20 tokens of input, 16 of them from a cache, and 5 of
 * output.
 *
 * @param text what it says, empty if nothing; no character of it needs escaping in JSON
 * @param calls the functions that it calls
 */
record ScriptedAnswer(String text, List<Call> calls, Ending ending) {

    /** Why it ended. */
    enum Ending {
        DONE,
        CALLS,
        LENGTH,
        FILTERED
    }

    /**
     * A call of a function.
     *
     * @param arguments a JSON object
     */
    record Call(String id, String name, String arguments) {

        /** The arguments in two pieces, neither of which is JSON. */
        List<String> pieces() {
            int half = arguments.length() / 2;
            return List.of(arguments.substring(0, half), arguments.substring(half));
        }
    }

    static ScriptedAnswer saying(String text) {
        return new ScriptedAnswer(text, List.of(), Ending.DONE);
    }

    static ScriptedAnswer calling(Call... calls) {
        return new ScriptedAnswer("", List.of(calls), Ending.CALLS);
    }

    static ScriptedAnswer ending(String text, Ending ending) {
        return new ScriptedAnswer(text, List.of(), ending);
    }

    /** The text in two pieces, or none when there is no text. */
    List<String> pieces() {
        int half = text.length() / 2;
        return text.isEmpty() ? List.of() : List.of(text.substring(0, half), text.substring(half));
    }
}
