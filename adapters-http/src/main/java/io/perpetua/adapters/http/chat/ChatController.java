package io.perpetua.adapters.http.chat;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.MemoryLane;
import io.perpetua.adapters.http.PulledBody;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.access.Usage;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.application.chat.ChatAnswer;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.domain.access.Permission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Chat completions, in one piece or streamed, and the contexts they would send. */
@Controller("/v1")
@Needs(Permission.CHAT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL) // clients ask for a stream with or without saying so in Accept
final class ChatController {

    private final ChatRequestReader reader;
    private final CompleteChat completeChat;
    private final PreviewContext previewContext;
    private final MeterCalls meter;
    private final MemoryLane lane;
    private final Duration keepAlive;

    ChatController(
            ChatRequestReader reader,
            CompleteChat completeChat,
            PreviewContext previewContext,
            MeterCalls meter,
            MemoryLane lane,
            @Value("${perpetua.http.keep-alive-comments:15s}") Duration keepAlive) {
        this.reader = reader;
        this.completeChat = completeChat;
        this.previewContext = previewContext;
        this.meter = meter;
        this.lane = lane;
        this.keepAlive = keepAlive;
    }

    @Post("/chat/completions")
    HttpResponse<?> complete(HttpRequest<?> request, @Body byte[] body) {
        var asked = reader.read(Call.of(request), body);
        Usage.note(
                request, meter.request(asked.sender().caller(), asked.sender().counted()));
        var departure = Departure.of(request);
        boolean streams = false;
        try {
            switch (completeChat.complete(asked, departure.cancellation())) {
                case ChatAnswer.Whole whole -> {
                    return whole(whole);
                }
                case ChatAnswer.Streamed streamed -> {
                    streams = true;
                    return streamed(streamed, departure);
                }
            }
        } finally {
            if (!streams) {
                departure.close();
            }
        }
    }

    @Post("/context")
    @Needs(Permission.MEMORY) // it tells what conversations hold, to the letter
    HttpResponse<?> preview(HttpRequest<?> request, @Body byte[] body) {
        var asked = reader.read(Call.of(request), body);
        var preview = lane.during(request, () -> previewContext.preview(asked));
        var json = Json.object();
        var messages = json.putArray("messages");
        preview.messages().forEach(message -> messages.addRawValue(Json.raw(message.wire())));
        json.set(Metadata.FIELD, Metadata.of(preview.report()));
        return describe(Replies.ok(json), preview.report());
    }

    private static HttpResponse<?> whole(ChatAnswer.Whole whole) {
        byte[] body = Metadata.splice(whole.body(), whole.report()).getBytes(StandardCharsets.UTF_8);
        return describe(Replies.json(HttpResponse.ok(), body), whole.report());
    }

    private HttpResponse<?> streamed(ChatAnswer.Streamed streamed, Departure departure) {
        var body = new PulledBody(new EventStream(streamed.stream(), keepAlive), departure::close);
        departure.endsBy(body::close);
        var response = HttpResponse.ok(body)
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no"); // a proxy in between is not to collect the events
        return describe(response, streamed.report());
    }

    private static HttpResponse<?> describe(MutableHttpResponse<?> response, TurnReport report) {
        header(response, "X-Conversation-Id", report.conversationId());
        header(response, "X-Provider", report.provider());
        return response.header("X-Mode-Used", report.mode().wire())
                .header("X-Cache", report.cache().name());
    }

    private static void header(MutableHttpResponse<?> response, String name, @Nullable String value) {
        if (value != null) {
            response.header(name, Call.headerValue(value));
        }
    }
}
