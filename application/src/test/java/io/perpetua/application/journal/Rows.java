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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Rows as chance has them. */
public final class Rows {

    private static final List<Ending> ENDINGS = List.of(Ending.values());
    private static final List<Intent> INTENTS = List.of(Intent.values());
    private static final List<Mode> MODES = List.of(Mode.values());
    private static final List<String> PROVIDERS = List.of("openai", "gemini", "ollama", "a 'provider': with, marks");

    private final SplittableRandom random;
    private final String instance = UUID.randomUUID().toString();
    private int rows;

    public Rows(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A row of everything that there may be. */
    public JournalRow at(Instant at, String tenant, String conversation) {
        boolean fallback = random.nextInt(5) == 0;
        boolean hit = !fallback && random.nextInt(4) == 0;
        var ending = random.nextInt(10) == 0 ? ENDINGS.get(random.nextInt(ENDINGS.size())) : Ending.ANSWERED;
        boolean answered = ending == Ending.ANSWERED;
        String provider = PROVIDERS.get(random.nextInt(PROVIDERS.size()));
        var attempts = new ArrayList<Asked>();
        if (fallback) {
            attempts.add(new Asked("first", "model", random.nextBoolean() ? "timeout" : "unavailable", 12_000));
        }
        if (!hit) {
            attempts.add(new Asked(provider, "model: 1", answered ? "ok" : "truncated", random.nextInt(4_000)));
        }
        int sent = random.nextInt(8_000);
        return new JournalRow(
                HexFormat.of().toHexDigits(rows++) + "-" + instance,
                at,
                tenant,
                "default",
                conversation,
                1 + random.nextInt(100),
                random.nextBoolean(),
                INTENTS.get(random.nextInt(INTENTS.size())),
                MODES.get(random.nextInt(MODES.size())),
                "because of \"words\" | and ünïcode",
                answered ? provider : null,
                answered ? "model: 1" : null,
                attempts,
                fallback && answered,
                hit && answered,
                new TokenReport(
                        (long) sent + random.nextInt(5_000_000),
                        sent,
                        8_000,
                        Map.of(Part.SYSTEM, random.nextInt(99), Part.MESSAGE, sent)),
                answered ? new Usage(sent, sent / 2, 0, random.nextInt(900), 3, Source.PROVIDER) : null,
                answered && random.nextInt(6) > 0 ? random.nextDouble() / 100 : null,
                answered && random.nextInt(6) > 0 ? random.nextDouble() / 10 : null,
                new Latencies(random.nextInt(9), random.nextInt(9), random.nextInt(3_000), random.nextInt(20_000)),
                ending,
                ending.isError() ? "unavailable" : null,
                answered ? (random.nextInt(9) == 0 ? "length" : "stop") : null,
                random.nextInt(9) == 0 ? List.of("redis", "embedder") : List.of());
    }
}
