package io.perpetua.adapters.sqlite;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.vision.Documents.Counted;
import io.perpetua.application.vision.Documents.KeptPage;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages and regions as rows (see the ninth script). */
final class RegionRows {

    private static final String COLUMNS =
            "SELECT page, ordinal, x, y, w, h, type, text, exact, confidence, tokens FROM document_region ";
    static final String OF_PAGE = COLUMNS + "WHERE document = ? AND page = ? ORDER BY ordinal";
    static final String OF = COLUMNS + "WHERE document = ? AND page = ? AND ordinal = ?";
    static final String PAGES = "SELECT number, width, height, resolution FROM document_page"
            + " WHERE document = ? AND number > ? ORDER BY number LIMIT ?";
    static final String PAGE =
            "SELECT number, width, height, resolution FROM document_page WHERE document = ? AND number = ?";
    private static final String EMPTY =
            "UPDATE document_region SET document = NULL, text = '' WHERE document = ? AND page ";
    private static final String SIZE =
            "SELECT ifnull(sum(octet_length(text)), 0) FROM document_region WHERE document = ? AND page ";
    private static final String ADD = "INSERT INTO document_region"
            + " (document, page, ordinal, x, y, w, h, type, text, exact, confidence, tokens)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private RegionRows() {}

    private static Counted region(ResultSet row) throws SQLException {
        return new Counted(
                new PageRegion(
                        row.getInt(1),
                        row.getInt(2),
                        new Box(row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6)),
                        requireNonNull(RegionType.of(row.getString(7))),
                        row.getString(8),
                        row.getBoolean(9),
                        row.getDouble(10)),
                row.getInt(11));
    }

    private static Page page(ResultSet row) throws SQLException {
        return new Page(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4));
    }

    /** Replaces a page; the same again changes nothing. */
    static void put(Session session, long document, Page page, List<Counted> regions) throws SQLException {
        session.update(
                "INSERT INTO document_page (document, number, width, height, resolution) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET width = excluded.width, height = excluded.height,"
                        + " resolution = excluded.resolution",
                document,
                page.number(),
                page.width(),
                page.height(),
                page.resolution());
        if (session.list(OF_PAGE, RegionRows::region, document, page.number()).equals(regions)) {
            return;
        }
        Erasure.wasted(session, session.number(SIZE + "= ?", document, page.number()));
        session.update(EMPTY + "= ?", document, page.number());
        for (var each : regions) {
            var region = each.region();
            var box = region.box();
            session.update(
                    ADD,
                    document,
                    page.number(),
                    region.ordinal(),
                    box.x(),
                    box.y(),
                    box.w(),
                    box.h(),
                    region.type().wire(),
                    region.text(),
                    region.exact(),
                    region.confidence(),
                    each.tokens());
        }
    }

    static List<KeptPage> pages(Session session, long document, String id, int after, int limit) throws SQLException {
        var pages = new ArrayList<KeptPage>();
        for (Page page : session.list(PAGES, RegionRows::page, document, after, limit)) {
            var regions = session.list(OF_PAGE, RegionRows::region, document, page.number());
            pages.add(new KeptPage(
                    page,
                    regions.stream()
                            .map(each -> new KeptRegion(id, page, each.region(), each.tokens()))
                            .toList()));
        }
        return pages;
    }

    static @Nullable KeptRegion find(Session session, long document, RegionId id) throws SQLException {
        var page = session.first(PAGE, RegionRows::page, document, id.page());
        var found = session.first(OF, RegionRows::region, document, id.page(), id.ordinal());
        return page == null || found == null
                ? null
                : new KeptRegion(id.document(), page, found.region(), found.tokens());
    }

    /** Erases the pages after number {@code after}. */
    static void erase(Session session, long document, int after) throws SQLException {
        Erasure.wasted(session, session.number(SIZE + "> ?", document, after));
        session.update(EMPTY + "> ?", document, after);
        session.update("DELETE FROM document_page WHERE document = ? AND number > ?", document, after);
    }
}
