package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standing;
import io.perpetua.domain.routing.Standings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/*
 * The fold is made here, where every double is what it is everywhere, and written unless somebody else has written since
 * it was read; then it is made again. Whoever writes has not lost, so among those who learn at once one always gets on.
 */
/** What has been learnt of the rungs, in one slot of Redis. Intents that this version does not know are left alone. */
@Singleton
@Shared
final class RedisStandings implements StandingStore {

    private static final Script READ = Script.load("standings.lua");
    private static final Script LEARN = Script.load("learn.lua");
    private static final String VERSION = "version";
    private static final List<Intent> INTENTS = List.of(Intent.values());

    /** More others than this do not learn between a reading and the writing after it, over and over. */
    private static final int MOST_ATTEMPTS = 200;

    private final Link link;
    private final byte[][] keys;

    @Inject
    RedisStandings(Link link) {
        this(link, "standings");
    }

    /** Learns for those who learn under the same {@code name}. */
    RedisStandings(Link link, String name) {
        this.link = link;
        keys = IntStream.rangeClosed(0, INTENTS.size())
                .mapToObj(i -> Names.bytes("perpetua:{" + name + "}"
                        + (i == 0 ? "" : ":" + INTENTS.get(i - 1).wire())))
                .toArray(byte[][]::new);
    }

    /** What was read, and when. */
    private record Read(String version, Map<Intent, Standings> standings) {}

    @Override
    public Map<Intent, Standings> load() {
        return read().standings;
    }

    @Override
    public synchronized void learn(List<Learnt> outcomes, double forgetting) {
        if (outcomes.isEmpty()) {
            return;
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var before = read();
            var changes = new ArrayList<byte[]>();
            changes.add(Names.bytes(before.version));
            StandingStore.fold(before.standings, outcomes, forgetting)
                    .forEach((intent, after) ->
                            change(changes, intent, before.standings.getOrDefault(intent, Standings.NONE), after));
            if (write(changes.toArray(byte[][]::new))) {
                return;
            }
        }
        throw tooMany();
    }

    /** Adds what was learnt of an intent where nothing was. Returns what was there, {@link Standings#NONE} if nothing. */
    Standings addWhereNone(Intent intent, Standings learnt) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var before = read();
            Standings there = before.standings.getOrDefault(intent, Standings.NONE);
            if (!there.equals(Standings.NONE)) {
                return there;
            }
            var changes = new ArrayList<byte[]>();
            changes.add(Names.bytes(before.version));
            change(changes, intent, Standings.NONE, learnt);
            if (write(changes.toArray(byte[][]::new))) {
                return Standings.NONE;
            }
        }
        throw tooMany();
    }

    private static StoreUnavailable tooMany() {
        return new StoreUnavailable("Too many learn at once", new IllegalStateException(MOST_ATTEMPTS + " attempts"));
    }

    private Read read() {
        List<List<byte[]>> answer =
                link.ask(commands -> Link.run(commands, READ, ScriptOutputType.MULTI, keys, new byte[0][]));
        var outcomes = texts(answer.getFirst());
        var standings = new EnumMap<Intent, Standings>(Intent.class);
        for (int i = 0; i < INTENTS.size(); i++) {
            String count = outcomes.get(INTENTS.get(i).wire());
            if (count != null) {
                var byRung = new HashMap<Rung, Standing>();
                texts(answer.get(i + 1)).forEach((rung, standing) -> byRung.put(rung(rung), standing(standing)));
                standings.put(INTENTS.get(i), new Standings(byRung, Long.parseLong(count)));
            }
        }
        return new Read(outcomes.getOrDefault(VERSION, "0"), standings);
    }

    private boolean write(byte[][] changes) {
        long written = link.<Long>ask(commands -> Link.run(commands, LEARN, ScriptOutputType.INTEGER, keys, changes));
        return written == 1;
    }

    /** Adds what differs to {@code changes}. */
    private static void change(List<byte[]> changes, Intent intent, Standings before, Standings after) {
        if (after.outcomes() == before.outcomes()) {
            return;
        }
        add(changes, 1, intent.wire(), Long.toString(after.outcomes()));
        int key = INTENTS.indexOf(intent) + 2;
        for (Rung rung : before.byRung().keySet()) {
            if (!after.byRung().containsKey(rung)) {
                add(changes, key, text(rung), "");
            }
        }
        after.byRung().forEach((rung, standing) -> {
            if (!standing.equals(before.byRung().get(rung))) {
                add(changes, key, text(rung), text(standing));
            }
        });
    }

    private static void add(List<byte[]> changes, int key, String field, String value) {
        changes.addAll(List.of(Names.bytes(key), Names.bytes(field), Names.bytes(value)));
    }

    private static Map<String, String> texts(List<byte[]> fieldsAndValues) {
        var texts = new HashMap<String, String>();
        for (int i = 0; i < fieldsAndValues.size(); i += 2) {
            texts.put(new String(fieldsAndValues.get(i), UTF_8), new String(fieldsAndValues.get(i + 1), UTF_8));
        }
        return texts;
    }

    private static String text(Rung rung) {
        return Fields.join(List.of(rung.provider(), rung.model()));
    }

    private static Rung rung(String text) {
        var fields = Fields.split(text);
        return new Rung(requireNonNull(fields.get(0)), requireNonNull(fields.get(1)));
    }

    private static String text(Standing standing) {
        return standing.success() + " " + standing.seconds() + " " + standing.dollars() + " " + standing.samples() + " "
                + standing.seen();
    }

    private static Standing standing(String text) {
        String[] numbers = text.split(" ", -1);
        return new Standing(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]),
                Double.parseDouble(numbers[3]),
                Long.parseLong(numbers[4]));
    }
}
