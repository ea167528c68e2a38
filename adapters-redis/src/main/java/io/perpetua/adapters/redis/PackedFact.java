package io.perpetua.adapters.redis;

import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Span;
import io.perpetua.domain.facts.Triple;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Facts as bytes; the same fact always as the same ones. */
final class PackedFact {

    private PackedFact() {}

    static byte[] pack(Fact fact) {
        var out = new Packer()
                .text(fact.id())
                .orNull(fact.holder().user())
                .orNull(fact.holder().conversation())
                .text(fact.triple().subject())
                .text(fact.triple().predicate())
                .text(fact.triple().object())
                .orNull(fact.datatype())
                .signed(Micros.of(fact.recordedAt()))
                .signed(Micros.of(fact.validFrom()))
                .orNull(fact.supersedes())
                .orNull(fact.supersededBy());
        at(out, fact.validTo());
        out.number(fact.earlier().size());
        fact.earlier().forEach(span -> out.signed(Micros.of(span.from())).signed(Micros.of(span.to())));
        out.number(fact.sources().size());
        fact.sources().forEach(source -> source(out, source));
        return out.packed();
    }

    private static void at(Packer out, @Nullable Instant at) {
        if (at == null) {
            out.number(0);
        } else {
            out.number(1).signed(Micros.of(at));
        }
    }

    private static void source(Packer out, Source source) {
        out.text(source.origin().name()).orNull(source.document()).orNull(source.conversation());
        var anchor = source.anchor();
        out.number(anchor == null ? 0 : 1);
        if (anchor != null) {
            Integer page = anchor.page();
            out.orNull(anchor.docId())
                    .orNull(page == null ? null : page.toString())
                    .orNull(anchor.regionId())
                    .orNull(anchor.pathLine());
        }
        out.fixed(Double.doubleToLongBits(source.confidence()), Long.BYTES).signed(Micros.of(source.observedAt()));
    }

    static Fact unpack(byte[] packed) {
        var in = new Unpacker(packed, 0);
        String id = in.text();
        var holder = new Holder(in.orNull(), in.orNull());
        var triple = new Triple(in.text(), in.text(), in.text());
        String datatype = in.orNull();
        Instant recordedAt = Micros.instant(in.signed());
        Instant validFrom = Micros.instant(in.signed());
        String supersedes = in.orNull();
        String supersededBy = in.orNull();
        Instant validTo = in.number() == 0 ? null : Micros.instant(in.signed());
        var spans = new ArrayList<Span>();
        for (int left = in.smallNumber(); left > 0; left--) {
            spans.add(new Span(Micros.instant(in.signed()), Micros.instant(in.signed())));
        }
        var sources = new ArrayList<Source>();
        for (int left = in.smallNumber(); left > 0; left--) {
            sources.add(source(in));
        }
        return new Fact(
                id, holder, triple, datatype, sources, recordedAt, validFrom, validTo, spans, supersedes, supersededBy);
    }

    private static Source source(Unpacker in) {
        var origin = Origin.valueOf(in.text());
        String document = in.orNull();
        String conversation = in.orNull();
        var anchor = in.number() == 0 ? null : anchor(in);
        double confidence = Double.longBitsToDouble(in.fixed(Long.BYTES));
        return new Source(origin, document, anchor, conversation, confidence, Micros.instant(in.signed()));
    }

    private static SourceAnchor anchor(Unpacker in) {
        String docId = in.orNull();
        String page = in.orNull();
        return new SourceAnchor(docId, page == null ? null : Integer.valueOf(page), in.orNull(), in.orNull());
    }
}
