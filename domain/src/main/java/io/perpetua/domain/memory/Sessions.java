package io.perpetua.domain.memory;

/** Where a conversation pauses: a session is a stretch of turns without a gap of more than {@link #GAP_SECONDS}. */
public final class Sessions {

    /** One hour, in seconds; a clock that steps back by more is a border too, since imports may be out of order. */
    public static final long GAP_SECONDS = 3600;

    private Sessions() {}

    /** Each turn's session, from 0 and rising; {@code at} are the turns' times in seconds, in the turns' order. */
    public static int[] of(long[] at) {
        int[] sessions = new int[at.length];
        for (int i = 1; i < at.length; i++) {
            sessions[i] = sessions[i - 1] + (border(at[i - 1], at[i]) ? 1 : 0);
        }
        return sessions;
    }

    /** Whether a session ends between two turns that follow each other, by their times in seconds. */
    static boolean border(long at, long next) {
        return Math.abs(next - at) > GAP_SECONDS;
    }
}
