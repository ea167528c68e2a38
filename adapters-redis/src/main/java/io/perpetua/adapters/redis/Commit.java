package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Commands on keys of one partition that the server runs in one piece, if some conditions hold still. What is computed from
 * what was read is written this way: who was overtaken reads again. Not safe for concurrent use.
 */
final class Commit {

    /** Deletes a set, and the keys that its members name after a prefix. */
    static final String DELETE_EACH = "DELEACH";

    private static final Script SCRIPT = Script.load("commit.lua");

    /** How many bytes tell what a key holds from what it held before. */
    private static final int START = 8;

    /** Most values of one command, which a script has to have on its stack. */
    private static final int STACK = 128;

    private final Map<ByteBuffer, Integer> keys = new LinkedHashMap<>();
    private final List<byte[]> conditions = new ArrayList<>();
    private final List<byte[]> commands = new ArrayList<>();
    private int required;

    /**
     * What came of it.
     *
     * @param failed the condition that does not hold, 0 if everything was run
     * @param found that condition's answer
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Result(int failed, byte[] found) {

        boolean done() {
            return failed == 0;
        }
    }

    /** Runs nothing unless {@code command} answers {@code expected}. Returns the condition's number. */
    int require(byte[] expected, String command, byte[] key, byte[]... arguments) {
        add(conditions, command, key, List.of(arguments));
        conditions.add(expected);
        return ++required;
    }

    /** Runs nothing unless what {@code key} holds begins with {@code start}, or is not there where that is empty. */
    int requireStart(byte[] start, byte[] key) {
        return require(start, "GETRANGE", key, ascii(0), ascii(START - 1));
    }

    /** Runs nothing unless {@code key} is not there. */
    int requireAbsent(byte[] key) {
        return require(ascii(0), "EXISTS", key);
    }

    /** Runs nothing unless a field of {@code hash} has this value, or is not there where that is empty. */
    int requireField(byte[] value, byte[] hash, byte[] field) {
        return require(value, "HGET", hash, field);
    }

    /** How many conditions there are. */
    int conditions() {
        return required;
    }

    Commit then(String command, byte[] key, byte[]... arguments) {
        add(commands, command, key, List.of(arguments));
        return this;
    }

    /** As many commands as it takes to hand over all values. */
    Commit each(String command, byte[] key, List<byte[]> values) {
        for (int from = 0; from < values.size(); from += STACK) {
            add(commands, command, key, values.subList(from, Math.min(values.size(), from + STACK)));
        }
        return this;
    }

    private void add(List<byte[]> to, String command, byte[] key, List<byte[]> arguments) {
        to.add(ascii(command));
        to.add(ascii(keys.computeIfAbsent(ByteBuffer.wrap(key), known -> keys.size() + 1)));
        to.add(ascii(arguments.size()));
        to.addAll(arguments);
    }

    CompletionStage<Result> send(RedisClusterAsyncCommands<byte[], byte[]> server) {
        var arguments = new ArrayList<byte[]>(1 + conditions.size() + commands.size());
        arguments.add(ascii(required));
        arguments.addAll(conditions);
        arguments.addAll(commands);
        byte[][] names = keys.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new);
        return Link.<List<Object>>run(server, SCRIPT, ScriptOutputType.MULTI, names, arguments.toArray(byte[][]::new))
                .thenApply(answer -> new Result(((Long) answer.get(0)).intValue(), (byte[]) answer.get(1)));
    }

    static byte[] ascii(Object value) {
        return value.toString().getBytes(US_ASCII);
    }

    static String text(byte[] ascii) {
        return new String(ascii, UTF_8);
    }
}
