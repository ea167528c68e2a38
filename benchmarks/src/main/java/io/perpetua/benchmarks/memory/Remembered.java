package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.QueryMemory.MemoryQuery;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.List;

/** A recording that the memory has been told, and ways to ask it. */
final class Remembered {

    private static final Scope SCOPE = new Scope("benchmark", Scope.DEFAULT_NAMESPACE);
    private static final int UNBOUNDED = 1_000_000;

    private final ConversationKey key;
    private final List<Integer> tokens;

    private Remembered(ConversationKey key, List<Integer> tokens) {
        this.key = key;
        this.tokens = tokens;
    }

    /** Tells the memory of {@code context} what was said, as {@code /v1/memory/add} does. */
    static Remembered of(Recording recording, ApplicationContext context) {
        var reader = context.getBean(MessageReader.class);
        var counter = context.getBean(MessageTokens.class);
        var json = new ObjectMapper();
        var messages = new ArrayList<Dated>();
        var tokens = new ArrayList<Integer>();
        for (var line : recording.lines()) {
            var message = json.createObjectNode().put("role", line.role().wire());
            if (line.name() != null) {
                message.put("name", line.name());
            }
            var read = reader.read(message.put("content", line.text()).toString());
            messages.add(new Dated(read, line.at()));
            tokens.add(counter.of(read));
        }
        var key = new ConversationKey(SCOPE, recording.id());
        context.getBean(AddMemory.class).add(SCOPE, key.id(), messages);
        return new Remembered(key, tokens);
    }

    /** The turns that a context of {@code budget} tokens brings. */
    List<Integer> within(QueryMemory memory, String question, int budget) {
        return memory.query(new MemoryQuery(key, question, null, null, budget)).turns();
    }

    /** The {@code depth} best turns. */
    List<Integer> best(QueryMemory memory, String question, int depth) {
        return memory.query(new MemoryQuery(key, question, depth, 0, UNBOUNDED)).matches().stream()
                .map(match -> match.turn().number())
                .toList();
    }

    /** The last turns that {@code budget} tokens hold: what a sliding window would send. */
    List<Integer> last(int budget) {
        var turns = new ArrayList<Integer>();
        int left = budget;
        for (int turn = tokens.size(); turn >= 1 && tokens.get(turn - 1) <= left; turn--) {
            left -= tokens.get(turn - 1);
            turns.add(turn);
        }
        return turns;
    }
}
