package io.perpetua.domain.facts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for a fact, and where.
 *
 * @param origin how it came to be known
 * @param document what it is written in, null where that was not told
 * @param anchor the place in it
 * @param conversation the conversation it was said in or given for; the source goes when that is erased
 * @param confidence how sure it is, in [0, 1]
 * @param observedAt when it was so, to the microsecond
 */
public record Source(
        Origin origin,
        @Nullable String document,
        @Nullable SourceAnchor anchor,
        @Nullable String conversation,
        double confidence,
        Instant observedAt) {

    /** How a source came to be known. */
    public enum Origin {
        /** Told by a client. */
        GIVEN,
        /** Found in a user's words by rules. */
        DETECTED,
        /** Found in a user's words by a model. */
        EXTRACTED
    }

    public Source {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence outside [0, 1]: " + confidence);
        }
        observedAt = observedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Who vouches: the document, else the conversation, else nobody who is named. Places in one document are one witness.
     */
    String witness() {
        String written = document != null || anchor == null ? document : anchor.docId();
        if (written != null) {
            return "document " + written;
        }
        return conversation == null ? "" : "conversation " + conversation;
    }

    /** Whether this is the same place of the same witness. */
    boolean isSameAs(Source other) {
        return Objects.equals(document, other.document)
                && Objects.equals(anchor, other.anchor)
                && Objects.equals(conversation, other.conversation);
    }

    /** The same, as sure as the surer of two, and observed when the earlier was. */
    Source with(Source other) {
        if (other.confidence <= confidence && !other.observedAt.isBefore(observedAt)) {
            return this;
        }
        return new Source(
                origin,
                document,
                anchor,
                conversation,
                Math.max(confidence, other.confidence),
                other.observedAt.isBefore(observedAt) ? other.observedAt : observedAt);
    }
}
