package io.perpetua.adapters.vectordb.memory;

import java.util.Arrays;
import java.util.List;

/**
 * The indexed turns of one branch, ascending. A value: {@code with} and {@code upTo} leave it as it is, though tables
 * that grew from one another share an array, whose end only the newest of them may use; so a branch's tables are made
 * under one lock.
 */
final class BranchTable {

    private static final Row[] NONE = {};

    private final Row[] rows;
    private final int size;
    private final long weight;
    /** The writer's sequence number of the branch's last put. */
    private final long written;

    private final Fresh fresh;

    private BranchTable(Row[] rows, int size, long weight, long written, Fresh fresh) {
        this.rows = rows;
        this.size = size;
        this.weight = weight;
        this.written = written;
        this.fresh = fresh;
    }

    /** A table of {@code rows} in any order, no number twice, all of which searchers see. */
    static BranchTable of(List<Row> rows, long written) {
        Row[] sorted = rows.toArray(NONE);
        Arrays.sort(sorted, (a, b) -> Integer.compare(a.number(), b.number()));
        return new BranchTable(sorted, sorted.length, weight(sorted, 0, sorted.length), written, Fresh.NONE);
    }

    /**
     * This table with {@code row} added, or in the place of that of the same number.
     *
     * @param words the turn's words
     * @param sequence the writer's sequence number
     * @param seen up to which sequence number searchers see
     */
    BranchTable with(Row row, List<String> words, long sequence, long seen) {
        Fresh unseen = (seen < written ? fresh : Fresh.NONE).with(row.number(), words);
        return size == 0 || rows[size - 1].number() < row.number()
                ? appended(row, sequence, unseen)
                : inserted(row, sequence, unseen);
    }

    private BranchTable appended(Row row, long sequence, Fresh unseen) {
        Row[] roomy = size < rows.length ? rows : Arrays.copyOf(rows, Math.max(16, size * 2));
        roomy[size] = row;
        return new BranchTable(roomy, size + 1, weight + row.weight(), sequence, unseen);
    }

    private BranchTable inserted(Row row, long sequence, Fresh unseen) {
        int at = after(row.number() - 1);
        boolean replaces = rows[at].number() == row.number();
        Row[] all = Arrays.copyOf(rows, size + (replaces ? 0 : 1));
        if (!replaces) {
            System.arraycopy(rows, at, all, at + 1, size - at);
        }
        all[at] = row;
        long grown = weight + row.weight() - (replaces ? rows[at].weight() : 0);
        return new BranchTable(all, all.length, grown, sequence, unseen);
    }

    /** The turns numbered up to {@code last}, in an array of their own. */
    BranchTable upTo(int last) {
        int kept = after(last);
        return new BranchTable(Arrays.copyOf(rows, kept), kept, weight(rows, 0, kept), written, fresh.upTo(last));
    }

    /** Adds the turns numbered {@code first} to {@code last} to {@code target}. */
    void copy(int first, int last, List<Row> target) {
        target.addAll(Arrays.asList(rows).subList(after(first - 1), after(last)));
    }

    /** How many turns are numbered up to {@code number}. */
    private int after(int number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle].number() <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long written() {
        return written;
    }

    /** What searchers may not see if they do not see up to {@link #written}. */
    Fresh fresh() {
        return fresh;
    }

    /** In bytes, roughly. */
    long weight() {
        return weight;
    }

    private static long weight(Row[] rows, int from, int to) {
        long weight = 0;
        for (int i = from; i < to; i++) {
            weight += rows[i].weight();
        }
        return weight;
    }
}
