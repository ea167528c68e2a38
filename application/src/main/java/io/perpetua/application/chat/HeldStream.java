package io.perpetua.application.chat;

import io.perpetua.application.admission.Place;
import io.perpetua.application.chat.ChatAnswer.ChatStream;
import io.perpetua.application.chat.ChatAnswer.Piece;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream that gives its place back when it is closed, and not before. */
record HeldStream(ChatStream stream, Place place) implements ChatStream {

    @Override
    public @Nullable Piece next(Duration patience) {
        return stream.next(patience);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } finally {
            place.close();
        }
    }
}
