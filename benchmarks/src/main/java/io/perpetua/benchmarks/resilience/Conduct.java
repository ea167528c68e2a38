package io.perpetua.benchmarks.resilience;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a simulated provider does with one call. */
enum Conduct {
    /** Answers as it should. */
    OK,
    /** Answers as it should, a little at a time. */
    SLOW_DRIP,
    /** Says everything, and why it ended, but not {@code [DONE]}; whole, it ends with its connection. */
    MISSING_DONE,
    ERROR_500,
    ERROR_503,
    /** 429, to be asked again in a second. */
    RATE_LIMITED,
    RESET_BEFORE,
    /** Takes the call and never says a byte. */
    STALL_BEFORE,
    /** A web page, with status 200. */
    WRONG_CONTENT_TYPE,
    /** A stream without an event, or with one that says nothing; whole, a body without a byte. */
    EMPTY_STREAM,
    RESET_IN_STREAM,
    STALL_IN_STREAM,
    /** Half a chunk where the next one belongs, and then the rest as if nothing were amiss. */
    MALFORMED_CHUNK,
    /** Ends or closes the connection without an error, but too early. */
    TRUNCATED;

    /** Whether the whole answer comes, however it comes. */
    boolean answers() {
        return compareTo(MISSING_DONE) <= 0;
    }

    /** Whether it fails after a part of the answer has come, which no streaming client can be spared. */
    boolean failsInTheMiddle() {
        return compareTo(RESET_IN_STREAM) >= 0;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<Conduct> all() {
        return List.of(values());
    }

    /** The ways to fail a call that a client may be spared: in the middle, only where the answer is in one piece. */
    static List<Conduct> failures(boolean stream) {
        return Arrays.stream(values())
                .filter(each -> !each.answers() && !(stream && each.failsInTheMiddle()))
                .toList();
    }
}
