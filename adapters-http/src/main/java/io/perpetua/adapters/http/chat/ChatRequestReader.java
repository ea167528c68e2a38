package io.perpetua.adapters.http.chat;

import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.chat.ChatRequest;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads chat requests: takes out what is for us, and leaves the rest to the letter for the provider. */
@Singleton
final class ChatRequestReader {

    private static final List<String> CONVERSATION = List.of("conversation_id", "chat_id", "session_id", "thread_id");

    private static final String PRIORITY = "priority";
    private static final List<String> PRIORITIES = List.of("urgent", "normal", "batch", "maintenance");

    /** Fields that we alone understand. */
    private static final Set<String> OURS =
            with(CONVERSATION, "namespace", MemoryOptionsReader.USE_MEMORY, MemoryOptionsReader.CONFIG, PRIORITY);

    /** Fields that are taken out of the parameters: ours, and those that have a place of their own. */
    private static final Set<String> TAKEN = with(OURS, "model", "messages", "stream");

    /** Fields that are read: all that are taken, save the messages, and some that the provider sees as well. */
    private static final Set<String> READ = with(OURS, "model", "stream", "user", "stream_options");

    private final Messages messages;

    ChatRequestReader(Messages messages) {
        this.messages = messages;
    }

    ChatRequest read(Call call, byte[] body) {
        var raw = RawObject.of(Json.text(body), "");
        var fields = raw.fields("", READ);
        String model = fields.text("model");
        checkPriority(call, fields);
        return new ChatRequest(
                call.scope(fields),
                fields.textOrNull("user"),
                conversation(call, fields),
                model,
                messages.read(raw),
                raw.without(TAKEN),
                fields.flag("stream", false),
                fields.object("stream_options").flag("include_usage", false),
                MemoryOptionsReader.read(call, fields),
                CacheControl.read(call));
    }

    /** A priority that nobody knows is a mistake, also where it would not change anything. */
    private static void checkPriority(Call call, Fields fields) {
        fields.wordOrNull(PRIORITY, PRIORITIES);
        call.header("X-Priority", PRIORITIES);
    }

    private static @Nullable String conversation(Call call, Fields fields) {
        String header = call.header("X-Conversation-Id");
        if (header != null) {
            return Call.identifier("X-Conversation-Id", header);
        }
        for (String name : CONVERSATION) {
            String id = fields.textOrNull(name);
            if (id != null) {
                return Call.identifier(name, id);
            }
        }
        return null;
    }

    private static Set<String> with(Iterable<String> names, String... more) {
        var all = new HashSet<>(Set.of(more));
        names.forEach(all::add);
        return Set.copyOf(all);
    }
}
