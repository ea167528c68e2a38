package io.perpetua.adapters.redis;

import io.perpetua.application.vision.Documents.Counted;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document as its value in Redis.
 *
 * @param scope whose it is
 */
record DocumentRecord(Scope scope, Document document) {

    byte[] packed() {
        var packer = new Packer().text(DocumentKeys.name(scope));
        packer.text(document.id()).text(document.mediaType()).orNull(document.address());
        packer.number(document.bytes()).number(document.pages()).number(document.ready() ? 1 : 0);
        packer.signed(Micros.of(document.at()));
        pack(document.metadata(), packer);
        return packer.packed();
    }

    static DocumentRecord of(byte[] packed) {
        var from = new Unpacker(packed, 0);
        var scope = DocumentKeys.scope(from.text());
        String id = from.text();
        String mediaType = from.text();
        String address = from.orNull();
        long bytes = from.number();
        int pages = from.smallNumber();
        boolean ready = from.number() == 1;
        var at = Micros.instant(from.signed());
        return new DocumentRecord(scope, new Document(id, mediaType, address, bytes, metadata(from), pages, ready, at));
    }

    static void pack(Map<String, String> metadata, Packer packer) {
        packer.number(metadata.size());
        metadata.forEach((name, value) -> packer.text(name).text(value));
    }

    static Map<String, String> metadata(Unpacker from) {
        var metadata = new LinkedHashMap<String, String>();
        for (int left = from.smallNumber(); left > 0; left--) {
            metadata.put(from.text(), from.text());
        }
        return metadata;
    }

    /** A page with its regions. */
    record PageRecord(Page page, List<Counted> regions) {

        byte[] packed() {
            var packer = new Packer();
            packer.number(page.number())
                    .number(page.width())
                    .number(page.height())
                    .number(page.resolution());
            for (var each : regions) {
                var region = each.region();
                var box = region.box();
                packer.number(region.ordinal());
                packer.number(box.x()).number(box.y()).number(box.w()).number(box.h());
                packer.text(region.type().wire()).text(region.text()).number(region.exact() ? 1 : 0);
                packer.fixed(Double.doubleToLongBits(region.confidence()), Long.BYTES);
                packer.number(each.tokens());
            }
            return packer.packed();
        }

        static PageRecord of(byte[] packed) {
            var from = new Unpacker(packed, 0);
            var page = new Page(from.smallNumber(), from.smallNumber(), from.smallNumber(), from.smallNumber());
            var regions = new ArrayList<Counted>();
            while (from.hasMore()) {
                regions.add(region(page.number(), from));
            }
            return new PageRecord(page, regions);
        }

        private static Counted region(int page, Unpacker from) {
            int ordinal = from.smallNumber();
            var box = new Box(from.smallNumber(), from.smallNumber(), from.smallNumber(), from.smallNumber());
            String wire = from.text();
            var type = RegionType.of(wire);
            if (type == null) {
                throw new IllegalStateException("no region is of type " + wire);
            }
            String text = from.text();
            boolean exact = from.number() == 1;
            double confidence = Double.longBitsToDouble(from.fixed(Long.BYTES));
            return new Counted(new PageRegion(page, ordinal, box, type, text, exact, confidence), from.smallNumber());
        }
    }
}
