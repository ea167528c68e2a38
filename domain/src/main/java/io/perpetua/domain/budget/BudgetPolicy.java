package io.perpetua.domain.budget;

import static io.perpetua.domain.tokens.MessageTokens.REPLY_PRIMING;

import io.perpetua.domain.mode.Mode;

/*
 * How a request's tokens are shared out. In order:
 *   1. the completion is reserved, the client's system text and its message are taken as they are;
 *   2. of the room that is left, each part is granted what it asks for up to its own cap: anchors, the floor of the
 *      recent turns, the brief, the recalled turns;
 *   3. what is still left flows to the recent turns first in balanced mode, to the recalled ones first in safe mode.
 * Nothing flows to anchors or brief beyond their caps, and nobody is granted more than it asks for: the budget is a
 * ceiling. A system text beyond its share takes from the room; only a message that leaves no room at all goes beyond
 * the budget, and then towards the model's real window, together with anchors and the floor of the recent turns.
 */
/**
 * The most tokens that the parts of one request may cost.
 *
 * @param total prompt and completion together, at least {@value #SMALLEST}
 * @param completion reserved for the answer
 * @param system what a client's system text is expected to cost
 * @param anchorsShare most of {@code total} that anchors take, in [0, 1]
 * @param brief most that the brief takes
 * @param recentFloor what recent turns are granted before brief and recalled turns
 * @param recalled most that recalled turns are granted before anything flows on
 */
public record BudgetPolicy(
        int total, int completion, int system, double anchorsShare, int brief, int recentFloor, int recalled) {

    /** Below this there is no room for anything worth sending. */
    public static final int SMALLEST = 256;

    /**
     * Share of the recalled part's cap that is worth filling without being told to: 1 500 of the default 3 750 tokens,
     * where nine in ten pieces of evidence are found already and twice the tokens find but one more (docs/adr).
     */
    public static final double WORTH_RECALLING = 0.4;

    public static final BudgetPolicy DEFAULT = new BudgetPolicy(8_000, 1_000, 700, 0.20, 1_200, 450, 3_750);

    public BudgetPolicy {
        if (total < SMALLEST) {
            throw new IllegalArgumentException(
                    "a budget of " + total + " tokens, at least " + SMALLEST + " are needed");
        }
        if (completion < 1 || system < 0 || brief < 0 || recentFloor < 0 || recalled < 0) {
            throw new IllegalArgumentException("a part's share is negative, or nothing is left for the completion");
        }
        if (!(anchorsShare >= 0 && anchorsShare <= 1)) {
            throw new IllegalArgumentException("anchors' share outside [0, 1]: " + anchorsShare);
        }
        long sum = (long) completion + system + brief + recentFloor + recalled;
        if (sum > total) {
            throw new IllegalArgumentException("the parts add up to " + sum + ", the budget is " + total);
        }
    }

    /** The same shares of another total. */
    public BudgetPolicy scaledTo(int otherTotal) {
        if (otherTotal == total) {
            return this;
        }
        double scale = (double) otherTotal / total;
        return new BudgetPolicy(
                otherTotal,
                Math.max(1, scaled(completion, scale)),
                scaled(system, scale),
                anchorsShare,
                scaled(brief, scale),
                scaled(recentFloor, scale),
                scaled(recalled, scale));
    }

    /** Most that recalled turns take where nobody asked for more. */
    public int worthRecalling() {
        return (int) (recalled * WORTH_RECALLING);
    }

    /** Most that anchors take. */
    public int anchors() {
        return (int) (total * anchorsShare);
    }

    /**
     * Whether a whole conversation fits.
     *
     * @param promptTokens everything that would be sent, priming apart
     * @param window most tokens that the model takes, prompt and completion together
     */
    public boolean fits(long promptTokens, int window) {
        return promptTokens + REPLY_PRIMING + completion <= Math.min(total, window);
    }

    /**
     * Shares the budget out.
     *
     * @param demand what each part would like to cost
     * @param mode who comes first when something is left over
     * @param window most tokens that the model takes, prompt and completion together
     */
    public Allotment allot(Demand demand, Mode mode, int window) {
        int fixed = demand.system() + demand.message() + REPLY_PRIMING;
        if (fixed >= window) {
            return new Allotment.TooLarge(fixed, window);
        }
        int inWindow = Math.max(0, window - completion - fixed);
        int inBudget = total - completion - fixed;
        int room = Math.min(inWindow, inBudget >= 0 ? inBudget : anchors() + recentFloor);

        int anchors = least(demand.anchors(), anchors(), room);
        room -= anchors;
        int recent = least(demand.recent(), recentFloor, room);
        room -= recent;
        int brief = least(demand.brief(), this.brief, room);
        room -= brief;
        int retrieved = least(demand.retrieved(), recalled, room);
        room -= retrieved;

        int moreRecent = demand.recent() - recent;
        int moreRetrieved = demand.retrieved() - retrieved;
        if (mode == Mode.SAFE) {
            int flow = Math.min(moreRetrieved, room);
            return new Allotment.Shares(
                    anchors, brief, recent + Math.min(moreRecent, room - flow), retrieved + flow, inBudget < 0);
        }
        int flow = Math.min(moreRecent, room);
        return new Allotment.Shares(
                anchors, brief, recent + flow, retrieved + Math.min(moreRetrieved, room - flow), inBudget < 0);
    }

    private static int least(int a, int b, int c) {
        return Math.min(a, Math.min(b, c));
    }

    private static int scaled(int part, double scale) {
        return (int) (part * scale);
    }

    /** What each part of a context would cost if nothing were left out; tokens, none negative. */
    public record Demand(int system, int anchors, int brief, int recent, int retrieved, int message) {

        public Demand {
            if (system < 0 || anchors < 0 || brief < 0 || recent < 0 || retrieved < 0 || message < 0) {
                throw new IllegalArgumentException("negative demand");
            }
        }
    }

    /** What came of sharing out. */
    public sealed interface Allotment {

        /**
         * Most tokens that each part may cost.
         *
         * @param overBudget whether the client's own text alone is more than the budget
         */
        record Shares(int anchors, int brief, int recent, int retrieved, boolean overBudget) implements Allotment {}

        /** The client's own text does not fit the model's window. */
        record TooLarge(int needed, int window) implements Allotment {}
    }
}
