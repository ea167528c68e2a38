package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recording that the memory is told bit by bit, as it came about: what has not been told yet does not exist for it.
 * Not safe for concurrent use.
 */
final class Remembered {

    static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);

    private final Recording recording;
    private final ApplicationContext context;
    private final ConversationKey key;
    private final List<Message> messages;
    private final List<Integer> tokens;
    private int told;

    Remembered(Recording recording, ApplicationContext context) {
        this.recording = recording;
        this.context = context;
        key = new ConversationKey(SCOPE, recording.id());
        var reader = context.getBean(MessageReader.class);
        var counter = context.getBean(MessageTokens.class);
        messages = recording.lines().stream()
                .map(line -> message(reader, line.role(), line.name(), line.text()))
                .toList();
        tokens = messages.stream().map(counter::of).toList();
    }

    /** A message as {@code /v1/memory/add} and {@code /v1/chat/completions} take it. */
    static Message message(MessageReader reader, Role role, @Nullable String name, String text) {
        var message = new ObjectMapper().createObjectNode().put("role", role.wire());
        if (name != null) {
            message.put("name", name);
        }
        return reader.read(message.put("content", text).toString());
    }

    /** Tells the memory what comes up to turn {@code last}, as {@code /v1/memory/add} does. */
    void tell(int last) {
        var said = new ArrayList<Dated>();
        for (; told < last; told++) {
            said.add(new Dated(messages.get(told), recording.lines().get(told).at()));
        }
        context.getBean(AddMemory.class).add(SCOPE, key.id(), said);
        rollBrief();
    }

    /** Until the brief stays as it is: the server's own thread rolls it too, and both want to be done. */
    private void rollBrief() {
        var briefs = context.getBean(Briefs.class);
        @Nullable Brief before;
        do {
            before = briefs.find(key);
            context.getBean(RollBrief.class).roll(key);
        } while (!Objects.equals(before, briefs.find(key)));
    }

    Recording recording() {
        return recording;
    }

    ConversationKey key() {
        return key;
    }

    /** What all that was told costs a model that is sent it whole. */
    int tokens() {
        return tokens.subList(0, told).stream().mapToInt(Integer::intValue).sum();
    }

    Method served() {
        return new Served(context.getBean(QueryMemory.class), key);
    }

    /** What others do, over what was told so far. */
    Map<Contender, Method> baselines() {
        var turns = context.getBean(Conversations.class).turns(key, List.of(new TurnRange(1, told)));
        var counter = context.getBean(MessageTokens.class).counter();
        var search = search();
        var methods = new EnumMap<Contender, Method>(Contender.class);
        methods.put(Contender.BM25_WINDOWS, new LexicalLine(turns, search, 0, 2, counter));
        methods.put(Contender.MIX, new LexicalLine(turns, search, 0.5, 0, counter));
        methods.put(Contender.MIX_WINDOWS, new LexicalLine(turns, search, 0.5, 2, counter));
        methods.put(Contender.LAST_TURNS, new LastTurns(List.copyOf(tokens.subList(0, told))));
        return methods;
    }

    /** What the words of a question say of the turns told so far, looked up once a question. */
    private Function<String, TurnSignals> search() {
        var found = new HashMap<String, TurnSignals>();
        var index = context.getBean(TurnIndex.class);
        var path = Objects.requireNonNull(context.getBean(Conversations.class).find(key))
                .path();
        return question -> found.computeIfAbsent(question, asked -> index.search(SCOPE, path, asked, null));
    }
}
