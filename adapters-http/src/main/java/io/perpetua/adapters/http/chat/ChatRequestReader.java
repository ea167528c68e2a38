package io.perpetua.adapters.http.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.access.EndUser;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.Sender;
import io.perpetua.domain.admission.Priority;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads chat requests: takes out what is for us, and leaves the rest to the letter for the provider. */
@Singleton
final class ChatRequestReader {

    private static final List<String> CONVERSATION = List.of("conversation_id", "chat_id", "session_id", "thread_id");

    private static final String PRIORITY = "priority";

    /** The fields that bound an answer. */
    private static final List<String> BOUNDS = List.of("max_completion_tokens", "max_tokens");

    /** Fields that we alone understand. */
    private static final Set<String> OURS =
            with(CONVERSATION, "namespace", MemoryOptionsReader.USE_MEMORY, MemoryOptionsReader.CONFIG, PRIORITY);

    /** Fields that are taken out of the parameters: ours, and those that have a place of their own. */
    private static final Set<String> TAKEN = with(OURS, "model", "messages", "stream");

    /** Fields that are read: all that are taken, save the messages, and some that the provider sees as well. */
    private static final Set<String> READ =
            with(OURS, "model", "stream", "user", "stream_options", "max_completion_tokens", "max_tokens", "n");

    private final Messages messages;
    private final EndUser endUser;

    ChatRequestReader(Messages messages, EndUser endUser) {
        this.messages = messages;
        this.endUser = endUser;
    }

    ChatRequest read(Call call, byte[] body) {
        var raw = RawObject.of(Json.text(body), "");
        var fields = raw.fields("", READ);
        String model = Call.identifier("model", fields.text("model"));
        return new ChatRequest(
                sender(call, fields),
                conversation(call, fields),
                model,
                messages.read(raw),
                raw.without(TAKEN),
                longestAnswer(call, fields),
                fields.flag("stream", false),
                fields.object("stream_options").flag("include_usage", false),
                MemoryOptionsReader.read(call, fields),
                CacheControl.read(call));
    }

    private Sender sender(Call call, Fields fields) {
        String user = user(fields);
        return new Sender(
                call.caller(), call.namespace(fields), user, endUser.of(call.request(), user), priority(call, fields));
    }

    /** A priority that nobody knows is a mistake, also in the body where the header wins. */
    private static Priority priority(Call call, Fields fields) {
        String word = fields.wordOrNull(PRIORITY, Priority.words());
        String header = call.header("X-Priority", Priority.words());
        return Objects.requireNonNullElse(Priority.of(header == null ? word : header), Priority.NORMAL);
    }

    /**
     * How long an answer may be by the request. What a provider makes of other values than positive numbers is its own
     * affair, unless a budget has to be held.
     */
    private static @Nullable Long longestAnswer(Call call, Fields fields) {
        Integer most = null;
        for (String name : BOUNDS) {
            JsonNode bound = fields.find(name);
            if (bound != null && bound.canConvertToInt() && bound.intValue() > 0) {
                most = Math.max(bound.intValue(), most == null ? 0 : most);
            } else if (bound != null && call.caller().access().budget() != null) {
                throw Fields.unexpected(fields.path(name), "a positive number, for it is paid from a budget", bound);
            }
        }
        return most == null ? null : (long) most * choices(fields);
    }

    private static int choices(Fields fields) {
        JsonNode n = fields.find("n");
        return n == null ? 1 : Math.max(1, n.intValue());
    }

    /** OpenAI's clients may send an empty string for nobody. */
    private static @Nullable String user(Fields fields) {
        String user = fields.textOrNull("user");
        return user == null || user.isEmpty() ? null : Call.identifier("user", user);
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
