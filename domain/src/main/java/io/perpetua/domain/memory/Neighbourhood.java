package io.perpetua.domain.memory;

/**
 * Each turn together with those around it: itself twice and the two turns on either side once, as far as they belong to
 * the same session. What is blended may be term frequencies or lengths, since both add up.
 */
final class Neighbourhood {

    private static final int REACH = 2;
    private static final int OWN = 2;

    private final int[] sessions;

    /** Among turns of these sessions, rising, as {@link Sessions#of} gives them. */
    Neighbourhood(int[] sessions) {
        this.sessions = sessions;
    }

    int[] blend(int[] counts) {
        int n = counts.length;
        int[] blended = new int[n];
        for (int i = 0; i < n; i++) {
            int count = counts[i];
            if (count != 0) {
                blended[i] += OWN * count;
                int end = Math.min(n - 1, i + REACH);
                for (int j = Math.max(0, i - REACH); j <= end; j++) {
                    blended[j] += j != i && sessions[j] == sessions[i] ? count : 0;
                }
            }
        }
        return blended;
    }
}
