package io.perpetua.adapters.http.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.access.EndUser;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.Sender;
import io.perpetua.domain.access.ApiKey.Access;
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

    /** As many as OpenAI gives. */
    private static final int MOST_CHOICES = 128;

    /** Fields by which routers among the providers choose other models. */
    private static final Set<String> OTHER_MODELS = Set.of("models", "route", "provider", "plugins");

    /** Those, and fields that cost more than tokens. */
    private static final Set<String> OTHER_COSTS =
            with(OTHER_MODELS, "service_tier", "web_search_options", "modalities", "audio");

    /** The fields that bound an answer. */
    private static final List<String> BOUNDS = List.of("max_completion_tokens", "max_tokens");

    /** Fields that we alone understand. */
    private static final Set<String> OURS =
            with(CONVERSATION, "namespace", MemoryOptionsReader.USE_MEMORY, MemoryOptionsReader.CONFIG, PRIORITY);

    /** Fields that are taken out of the parameters: ours, and those that have a place of their own. */
    private static final Set<String> TAKEN = with(OURS, "model", "messages", "stream");

    /** Fields that are read: all that are taken, save the messages, and some that the provider sees as well. */
    private static final Set<String> READ =
            with(with(OURS, "model", "stream", "user", "stream_options", "n"), BOUNDS.toArray(String[]::new));

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
        var access = call.caller().access();
        refuseDetours(access, raw);
        return new ChatRequest(
                sender(call, fields),
                conversation(call, fields),
                model,
                messages.read(raw),
                raw.without(taken(fields)),
                Objects.requireNonNullElse(whole(access, fields, "n", MOST_CHOICES), 1),
                longestAnswer(access, fields),
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
     * How long an answer may be by the request. What a provider makes of other values than whole positive numbers is its own
     * affair, unless something is paid by them.
     */
    private static @Nullable Integer longestAnswer(Access access, Fields fields) {
        Integer most = null;
        for (String name : BOUNDS) {
            Integer bound = whole(access, fields, name, Integer.MAX_VALUE);
            if (bound != null) {
                most = most == null ? bound : Integer.valueOf(Math.max(bound, most));
            }
        }
        return most;
    }

    private static @Nullable Integer whole(Access access, Fields fields, String name, int most) {
        JsonNode found = fields.find(name);
        if (found == null) {
            return null;
        }
        if (access.budget() != null) {
            if (!found.isIntegralNumber()) {
                throw Fields.unexpected(fields.path(name), "an integer from 1, for a budget pays by it", found);
            }
            return fields.integerOrNull(name, 1, most);
        }
        return found.isIntegralNumber() && found.canConvertToInt() && found.intValue() > 0 ? found.intValue() : null;
    }

    /** Refuses fields by which providers ask other models, or do other work, than what is allowed and paid. */
    private static void refuseDetours(Access access, RawObject raw) {
        boolean pays = access.budget() != null;
        if (!pays && access.models().patterns().isEmpty()) {
            return;
        }
        for (String name : pays ? OTHER_COSTS : OTHER_MODELS) {
            if (raw.get(name) != null) {
                throw new RequestRefused(
                        Reason.FORBIDDEN,
                        "field_not_allowed",
                        name,
                        "'" + name + "' is not allowed with this key: it may get around its models or its budget");
            }
        }
    }

    /** A bound that is null is none, and is not to stand beside another. */
    private static Set<String> taken(Fields fields) {
        var taken = new HashSet<>(TAKEN);
        BOUNDS.stream().filter(name -> fields.find(name) == null).forEach(taken::add);
        return taken;
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
