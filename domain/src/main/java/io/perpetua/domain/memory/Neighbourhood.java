package io.perpetua.domain.memory;

/**
 * Each turn together with those around it, as far as they belong to the same session. What is blended may be term
 * frequencies or lengths, since both add up.
 */
final class Neighbourhood {

    private final int[] sessions;
    private final int reach;
    private final int own;

    /**
     * A neighbourhood of every turn.
     *
     * @param sessions the turns' sessions, rising, as {@link Sessions#of} gives them
     * @param reach how many turns on either side count once
     * @param own how often the turn itself counts
     */
    Neighbourhood(int[] sessions, int reach, int own) {
        this.sessions = sessions;
        this.reach = reach;
        this.own = own;
    }

    int[] blend(int[] counts) {
        int n = counts.length;
        int[] blended = new int[n];
        for (int i = 0; i < n; i++) {
            int count = counts[i];
            if (count != 0) {
                blended[i] += own * count;
                int end = Math.min(n - 1, i + reach);
                for (int j = Math.max(0, i - reach); j <= end; j++) {
                    blended[j] += j != i && sessions[j] == sessions[i] ? count : 0;
                }
            }
        }
        return blended;
    }
}
