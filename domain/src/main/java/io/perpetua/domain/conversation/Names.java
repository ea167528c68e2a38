package io.perpetua.domain.conversation;

/** What may serve as an identifier that a client chooses. */
public final class Names {

    private static final int LONGEST = 256;

    private Names() {}

    /** Whether {@code value} is 1 to 256 characters, none of them a control character or half a surrogate pair. */
    public static boolean valid(String value) {
        return !value.isBlank()
                && value.length() <= LONGEST
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    static void require(String what, String value) {
        if (!valid(value)) {
            throw new IllegalArgumentException(what + " must be 1 to 256 printable characters");
        }
    }
}
