package io.perpetua.application.journal;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.journal.JournalRow;
import io.perpetua.domain.journal.JournalRow.Asked;
import io.perpetua.domain.journal.JournalRow.Latencies;
import io.perpetua.domain.usage.Price;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A turn only leaves its row here; it is written by whoever calls flush, in batches. Rows that do not fit are counted: a
 * journal that grew without bound while its store is away would take the server with it.
 */
/** Use case: keep a row of every turn, off the way of answers. Safe for concurrent use. */
public final class KeepJournal implements EndedTurn.Listener {

    private static final int BATCH = 500;
    private static final double MILLION = 1_000_000;

    private final Journal journal;
    private final int most;
    private final String instance;
    private long last;
    private final Deque<JournalRow> waiting = new ArrayDeque<>();
    private long dropped;

    /**
     * Keeps rows in {@code journal}.
     *
     * @param instance this instance's name, unlike all others'
     * @param most rows that wait to be written, at most
     */
    public KeepJournal(Journal journal, String instance, int most) {
        this.journal = journal;
        this.instance = instance;
        this.most = most;
    }

    @Override
    public void ended(EndedTurn turn) {
        synchronized (waiting) {
            last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, turn.at()));
            var row = row(HexFormat.of().toHexDigits(last) + "-" + instance, turn);
            if (waiting.size() == most) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(row);
        }
    }

    /**
     * Writes what waits.
     *
     * @throws StoreUnavailable if the store does not take it; what was not written waits
     */
    public void flush() {
        for (var batch = batch(); !batch.isEmpty(); batch = batch()) {
            try {
                journal.add(batch);
            } catch (RuntimeException e) {
                putBack(batch);
                throw e;
            }
        }
    }

    private List<JournalRow> batch() {
        synchronized (waiting) {
            var batch = new ArrayList<JournalRow>();
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.removeFirst());
            }
            return batch;
        }
    }

    private void putBack(List<JournalRow> batch) {
        synchronized (waiting) {
            batch.reversed().forEach(waiting::addFirst);
            while (waiting.size() > most) {
                waiting.removeFirst();
                dropped++;
            }
        }
    }

    /** The conversation is erased: rows of it that wait go without its name. */
    public void forget(ConversationKey key) {
        synchronized (waiting) {
            var left = waiting.stream()
                    .map(row -> isOf(row, key) ? row.ofNoConversation() : row)
                    .toList();
            waiting.clear();
            waiting.addAll(left);
        }
    }

    private static boolean isOf(JournalRow row, ConversationKey key) {
        return key.id().equals(row.conversation())
                && row.tenant().equals(key.scope().tenant())
                && row.namespace().equals(key.scope().namespace());
    }

    /** How many rows were lost, for too many waited. */
    public long dropped() {
        synchronized (waiting) {
            return dropped;
        }
    }

    /** How many wait to be written. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private static JournalRow row(String id, EndedTurn turn) {
        TurnReport report = turn.report();
        var latencies = report.latencies();
        return new JournalRow(
                id,
                turn.at().truncatedTo(ChronoUnit.MILLIS),
                turn.sender().scope().tenant(),
                turn.sender().scope().namespace(),
                report.conversationId(),
                report.turn(),
                turn.stream(),
                report.intent(),
                report.mode(),
                turn.route().reason(),
                report.provider(),
                report.model(),
                report.attempts().stream()
                        .map(each -> new Asked(each.provider(), each.model(), each.outcome(), each.latencyMs()))
                        .toList(),
                report.fallbackUsed(),
                report.cache() == CacheStatus.HIT,
                report.tokens(),
                report.usage(),
                report.costUsd(),
                saved(turn),
                new Latencies(
                        latencies.queueMs(), latencies.retrievalMs(), latencies.generationMs(), latencies.totalMs()),
                turn.ending(),
                turn.error(),
                turn.finish(),
                report.degraded());
    }

    /** What the tokens that were not sent would have cost if every one had been read from the provider's cache. */
    private static @Nullable Double saved(EndedTurn turn) {
        var report = turn.report();
        Price price = turn.route().rungs().stream()
                .map(Target::model)
                .filter(model -> model.provider().equals(report.provider())
                        && model.name().equals(report.model()))
                .findFirst()
                .map(model -> model.price())
                .orElse(null);
        if (price == null) {
            return null;
        }
        int full = Math.toIntExact(Math.min(report.tokens().full(), Integer.MAX_VALUE));
        return report.tokens().saved() * price.rates(full).cachedInput() / MILLION;
    }
}
