package io.perpetua.adapters.http.chat;

import io.perpetua.adapters.http.Failures;
import io.perpetua.adapters.http.PulledBody;
import io.perpetua.application.chat.ChatAnswer.ChatStream;
import io.perpetua.application.chat.ChatAnswer.Piece;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer as server-sent events: each chunk an event, a comment whenever nothing came for a while, and at the
 * end {@code [DONE]}; or an error event instead of that end when the answer broke off.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class EventStream implements PulledBody.Source {

    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);
    private static final String DONE = "data: [DONE]\n\n";

    private final ChatStream stream;
    private final Duration keepAlive;
    private boolean ended;

    /**
     * The events of {@code stream}.
     *
     * @param keepAlive how long nothing may come before a comment says that the connection lives
     */
    EventStream(ChatStream stream, Duration keepAlive) {
        this.stream = stream;
        this.keepAlive = keepAlive;
    }

    @Override
    public byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        try {
            Piece piece = stream.next(keepAlive);
            return piece == null ? KEEP_ALIVE : event(piece);
        } catch (CancellationException e) {
            ended = true; // the client has left, so there is nobody to tell
            return null;
        } catch (RuntimeException e) {
            ended = true;
            return ("event: error\n" + data(Failures.json(e))).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        stream.close();
    }

    private byte[] event(Piece piece) {
        return switch (piece) {
            case Piece.Chunk chunk -> data(chunk.json()).getBytes(StandardCharsets.UTF_8);
            case Piece.Last last -> {
                ended = true;
                yield (data(Metadata.splice(last.json(), last.report())) + DONE).getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    /** A line feed in JSON is white space; in an event it would end the line. */
    private static String data(String json) {
        return "data: " + json.replace('\n', ' ').replace('\r', ' ') + "\n\n";
    }
}
