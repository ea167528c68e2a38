package io.perpetua.domain.facts;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which facts are asked for; what is null does not matter.
 *
 * @param subject in its normal form, as predicate and object are
 * @param document what a source is written in, to the letter
 * @param conversation one in which a source was heard
 * @param user whose they are
 * @param minConfidence in [0, 1]
 * @param asOf when they held; null for all that were ever told and not deleted
 */
public record FactFilter(
        @Nullable String subject,
        @Nullable String predicate,
        @Nullable String object,
        @Nullable String document,
        @Nullable String conversation,
        @Nullable String user,
        double minConfidence,
        @Nullable Instant asOf) {

    /** Every fact. */
    public static final FactFilter ALL = new FactFilter(null, null, null, null, null, null, 0, null);

    public FactFilter {
        subject = subject == null ? null : Triple.normal(subject);
        predicate = predicate == null ? null : Triple.normal(predicate);
        object = object == null ? null : Triple.normal(object);
    }

    /** What has a source in {@code conversation} and held at {@code asOf}, or at any time where that is null. */
    public static FactFilter ofConversation(String conversation, @Nullable Instant asOf) {
        return new FactFilter(null, null, null, null, conversation, null, 0, asOf);
    }

    /** What is {@code user}'s and holds at {@code asOf}. */
    public static FactFilter ofUser(String user, Instant asOf) {
        return new FactFilter(null, null, null, null, null, user, 0, asOf);
    }

    /** The same as of another time. */
    public FactFilter at(@Nullable Instant other) {
        return new FactFilter(subject, predicate, object, document, conversation, user, minConfidence, other);
    }

    /** Whether {@code fact} is asked for. */
    public boolean admits(Fact fact) {
        var triple = fact.triple();
        return (subject == null || subject.equals(Triple.normal(triple.subject())))
                && (predicate == null || predicate.equals(Triple.normal(triple.predicate())))
                && (object == null || object.equals(Triple.normal(triple.object())))
                && (document == null || fact.sources().stream().anyMatch(each -> document.equals(each.document())))
                && (conversation == null || fact.isOf(conversation))
                && (user == null || Objects.equals(user, fact.holder().user()))
                && fact.confidence() >= minConfidence
                && (asOf == null || fact.heldAt(asOf));
    }
}
