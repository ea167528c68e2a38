package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.RestHints;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which rungs rest, in one slot of Redis. Rests are told as lengths and kept by Redis' clock, so that the instances' clocks
 * need not agree. An exchange is one round trip.
 */
@Singleton
@Shared
final class RedisRestHints implements RestHints {

    private static final Script EXCHANGE = Script.load("rest-hints.lua");
    private static final byte[][] KEY = {Names.bytes("perpetua:rest-hints")};

    private final Link link;

    RedisRestHints(Link link) {
        this.link = link;
    }

    @Override
    public List<Hint> exchange(String teller, List<Hint> own) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(Names.bytes(teller));
        for (Hint hint : own) {
            arguments.add(Names.bytes(Fields.join(Arrays.asList(hint.provider(), hint.model()))));
            arguments.add(Names.bytes(hint.state().wire()));
            arguments.add(Names.bytes(hint.rest().toMillis()));
        }
        List<byte[]> answer = link.ask(commands ->
                Link.run(commands, EXCHANGE, ScriptOutputType.MULTI, KEY, arguments.toArray(byte[][]::new)));
        var others = new ArrayList<Hint>();
        for (int i = 0; i < answer.size(); i += 3) {
            others.add(hint(text(answer.get(i)), text(answer.get(i + 1)), text(answer.get(i + 2))));
        }
        return others;
    }

    private static Hint hint(String rung, String state, String millis) {
        var names = Fields.split(rung);
        return new Hint(
                requireNonNull(names.get(0)),
                names.get(1),
                State.valueOf(state.toUpperCase(Locale.ROOT)),
                Duration.ofMillis(Long.parseLong(millis)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
