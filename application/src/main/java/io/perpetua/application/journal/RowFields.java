package io.perpetua.application.journal;

import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.journal.Ending;
import io.perpetua.domain.journal.JournalRow;
import io.perpetua.domain.journal.JournalRow.Asked;
import io.perpetua.domain.journal.JournalRow.Latencies;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows as texts, for stores that select by nothing but time, tenant, namespace and conversation and keep the rest as it is.
 * Names that this version does not know, in rows of another, are taken for the least that they may be.
 */
public final class RowFields {

    private static final String NONE = "";
    private static final String SOME = "=";

    private RowFields() {}

    /** Everything of {@code row} but its time, tenant, namespace and conversation. */
    public static List<String> of(JournalRow row) {
        var fields = new ArrayList<String>();
        fields.add(row.id());
        fields.add(Integer.toString(row.turn()));
        fields.add(row.stream() ? "1" : "0");
        fields.add(row.intent().wire());
        fields.add(row.mode().wire());
        fields.add(row.reason());
        fields.add(optional(row.provider()));
        fields.add(optional(row.model()));
        fields.add(row.fallback() ? "1" : "0");
        fields.add(row.cacheHit() ? "1" : "0");
        fields.add(Long.toString(row.tokens().full()));
        fields.add(Integer.toString(row.tokens().sent()));
        fields.add(Integer.toString(row.tokens().budget()));
        fields.add(row.tokens().parts().entrySet().stream()
                .map(part -> part.getKey().wire() + SOME + part.getValue())
                .collect(Collectors.joining(" ")));
        fields.add(optional(row.usage(), RowFields::text));
        fields.add(optional(row.costUsd(), Objects::toString));
        fields.add(optional(row.savedUsd(), Objects::toString));
        var latencies = row.latencies();
        fields.add(latencies.queue() + " " + latencies.retrieval() + " " + latencies.generation() + " "
                + latencies.total());
        fields.add(row.ending().wire());
        fields.add(optional(row.error()));
        fields.add(optional(row.finish()));
        fields.add(String.join(" ", row.degraded()));
        for (Asked asked : row.attempts()) {
            fields.add(asked.provider());
            fields.add(asked.model());
            fields.add(asked.outcome());
            fields.add(Long.toString(asked.latencyMs()));
        }
        return fields;
    }

    /** The row that {@code fields} were made of. */
    public static JournalRow row(
            Instant at, String tenant, String namespace, @Nullable String conversation, List<String> fields) {
        var next = fields.iterator();
        String id = next.next();
        int turn = Integer.parseInt(next.next());
        boolean stream = next.next().equals("1");
        var intent = Objects.requireNonNullElse(Intent.of(next.next()), Intent.AMBIGUOUS_OR_OTHER);
        var mode = mode(next.next());
        String reason = next.next();
        String provider = value(next.next());
        String model = value(next.next());
        boolean fallback = next.next().equals("1");
        boolean cacheHit = next.next().equals("1");
        long full = Long.parseLong(next.next());
        int sent = Integer.parseInt(next.next());
        int budget = Integer.parseInt(next.next());
        var tokens = new TokenReport(full, sent, budget, parts(next.next()));
        var usage = value(next.next(), RowFields::usage);
        var cost = value(next.next(), Double::valueOf);
        var saved = value(next.next(), Double::valueOf);
        long[] latencies = Arrays.stream(next.next().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        var ending = Objects.requireNonNullElse(Ending.of(next.next()), Ending.FAULT);
        String error = value(next.next());
        String finish = value(next.next());
        String degraded = next.next();
        var attempts = new ArrayList<Asked>();
        while (next.hasNext()) {
            attempts.add(new Asked(next.next(), next.next(), next.next(), Long.parseLong(next.next())));
        }
        return new JournalRow(
                id,
                at,
                tenant,
                namespace,
                conversation,
                turn,
                stream,
                intent,
                mode,
                reason,
                provider,
                model,
                attempts,
                fallback,
                cacheHit,
                tokens,
                usage,
                cost,
                saved,
                new Latencies(latencies[0], latencies[1], latencies[2], latencies[3]),
                ending,
                error,
                finish,
                degraded.isEmpty() ? List.of() : List.of(degraded.split(" ", -1)));
    }

    private static Mode mode(String wire) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.wire().equals(wire))
                .findFirst()
                .orElse(Mode.SAFE);
    }

    private static EnumMap<Part, Integer> parts(String text) {
        var parts = new EnumMap<Part, Integer>(Part.class);
        for (Part part : Part.values()) {
            for (String each : text.split(" ", -1)) {
                if (each.startsWith(part.wire() + SOME)) {
                    parts.put(part, Integer.valueOf(each.substring(part.wire().length() + 1)));
                }
            }
        }
        return parts;
    }

    private static String text(Usage usage) {
        return usage.input() + " " + usage.cachedInput() + " " + usage.cacheWrite() + " " + usage.output() + " "
                + usage.reasoning() + " " + usage.source().name();
    }

    private static Usage usage(String text) {
        String[] parts = text.split(" ", -1);
        int[] counts = Arrays.stream(parts).limit(5).mapToInt(Integer::parseInt).toArray();
        return new Usage(counts[0], counts[1], counts[2], counts[3], counts[4], Source.valueOf(parts[5]));
    }

    private static String optional(@Nullable String text) {
        return text == null ? NONE : SOME + text;
    }

    private static <T> String optional(@Nullable T value, Function<? super T, String> written) {
        return value == null ? NONE : SOME + written.apply(value);
    }

    private static @Nullable String value(String field) {
        return field.isEmpty() ? null : field.substring(SOME.length());
    }

    private static <T> @Nullable T value(String field, Function<? super String, T> read) {
        String text = value(field);
        return text == null ? null : read.apply(text);
    }
}
