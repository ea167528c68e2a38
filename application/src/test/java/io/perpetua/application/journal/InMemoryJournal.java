package io.perpetua.application.journal;

import io.perpetua.domain.journal.JournalRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The journal in a list; says when it does not answer as it is told. */
public final class InMemoryJournal implements Journal {

    private final List<JournalRow> rows = new ArrayList<>();
    private @Nullable RuntimeException failure;

    /** From now on {@code failure} is thrown; null for never. */
    public synchronized void fail(@Nullable RuntimeException next) {
        failure = next;
    }

    private void mayFail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public synchronized void add(List<JournalRow> added) {
        mayFail();
        added.stream().filter(row -> !rows.contains(row)).forEach(rows::add);
    }

    @Override
    public synchronized Page page(Selection selection, @Nullable String cursor, int limit) {
        mayFail();
        var selected = rows.reversed().stream()
                .sorted(Comparator.comparing(JournalRow::at).reversed())
                .filter(selection::includes)
                .toList();
        int from = cursor == null ? 0 : 1 + index(selected, cursor);
        int to = Math.min(selected.size(), from + limit);
        return new Page(
                selected.subList(from, to),
                to == selected.size() ? null : selected.get(to - 1).id());
    }

    private static int index(List<JournalRow> selected, String id) {
        return IntStream.range(0, selected.size())
                .filter(i -> selected.get(i).id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cursor: " + id));
    }

    @Override
    public synchronized void each(Selection selection, Consumer<JournalRow> shown) {
        mayFail();
        rows.stream().filter(selection::includes).forEach(shown);
    }

    @Override
    public synchronized int forget(Instant before) {
        mayFail();
        int size = rows.size();
        rows.removeIf(row -> row.at().isBefore(before));
        return size - rows.size();
    }
}
