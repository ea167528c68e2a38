package io.perpetua.benchmarks.load;

/**
 * Who has which conversation: half of the conversations belong to few users with many each, for whom three answers at
 * once are often not enough, and the rest to many users with few.
 *
 * @param conversations in all
 */
record Crowd(int conversations) {

    private static final int BUSY = 50;
    private static final int CASUAL = 5;

    /** Who has conversation {@code number}. */
    String user(int number) {
        int half = conversations / 2;
        return number < half ? "busy-" + number % users(half, BUSY) : "casual-" + number % users(half, CASUAL);
    }

    private static int users(int conversations, int each) {
        return Math.max(1, conversations / each);
    }
}
