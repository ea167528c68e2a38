package io.perpetua.adapters.sqlite;

import io.perpetua.application.vision.Documents;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.RegionId;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A file is there before its row and goes after it, and whoever changes both holds the files meanwhile. So a file without a
 * row is one that was being written or erased when the process died: it goes at the next start.
 */
/** Documents, in SQLite and in files beside it (see the ninth script). */
@Singleton
@Embedded
final class SqliteDocuments implements Documents {

    static final String ERASED =
            "SELECT number, tenant, namespace, document FROM document_erased ORDER BY number LIMIT ?";
    static final String KNOWN = "SELECT count(*) FROM document WHERE id = ?";

    private final Database database;
    private final DocumentFiles files;

    SqliteDocuments(Database database) {
        this.database = database;
        this.files = new DocumentFiles(database.directory().resolve("documents"));
        if (database.isAlone()) {
            deleteUnknown(files.all());
        }
    }

    @Override
    public boolean keep(Scope scope, Document document, Path content) {
        synchronized (files) {
            if (find(scope, document.id()) != null) {
                return false;
            }
            files.keep(document.id(), content);
            return database.write(session -> {
                DocumentRows.add(session, scope, document);
                return true;
            });
        }
    }

    @Override
    public @Nullable Document find(Scope scope, String id) {
        return database.read(
                session -> session.first(DocumentRows.OF, DocumentRows::read, scope.tenant(), scope.namespace(), id));
    }

    @Override
    public List<Document> list(Scope scope, @Nullable String after, int limit) {
        return database.read(session -> session.list(
                DocumentRows.LISTED,
                DocumentRows::read,
                scope.tenant(),
                scope.namespace(),
                after == null ? "" : after,
                limit));
    }

    @Override
    public List<Located> all(@Nullable Located after, int limit) {
        return database.read(session -> session.list(
                DocumentRows.ALL,
                row -> new Located(DocumentRows.scope(row), DocumentRows.read(row)),
                after == null ? "" : after.scope().tenant(),
                after == null ? "" : after.scope().namespace(),
                after == null ? "" : after.document().id(),
                limit));
    }

    @Override
    public boolean describe(Scope scope, String id, Map<String, String> metadata) {
        return database.erase(session -> {
            var found = session.first(DocumentRows.OF, DocumentRows::read, scope.tenant(), scope.namespace(), id);
            Long pk = DocumentRows.row(session, scope, id);
            if (found != null && pk != null) {
                DocumentRows.describe(session, pk, found.describedBy(metadata));
            }
            return found != null;
        });
    }

    @Override
    public boolean put(Scope scope, String id, Page page, List<Counted> regions) {
        return database.write(session -> {
            Long document = DocumentRows.row(session, scope, id);
            if (document != null) {
                RegionRows.put(session, document, page, regions);
            }
            return document != null;
        });
    }

    @Override
    public boolean complete(Scope scope, String id, int pages) {
        return database.write(session -> {
            Long document = DocumentRows.row(session, scope, id);
            if (document != null) {
                RegionRows.erase(session, document, pages);
                session.update("UPDATE document SET pages = ?, ready = 1 WHERE pk = ?", pages, document);
            }
            return document != null;
        });
    }

    @Override
    public List<KeptPage> pages(Scope scope, String id, int after, int limit) {
        return database.read(session -> {
            Long document = DocumentRows.row(session, scope, id);
            return document == null ? List.<KeptPage>of() : RegionRows.pages(session, document, id, after, limit);
        });
    }

    @Override
    public List<KeptRegion> regions(Scope scope, Collection<RegionId> ids) {
        return database.read(session -> {
            var found = new ArrayList<KeptRegion>();
            for (RegionId id : new LinkedHashSet<>(ids)) {
                Long document = DocumentRows.row(session, scope, id.document());
                var region = document == null ? null : RegionRows.find(session, document, id);
                if (region != null) {
                    found.add(region);
                }
            }
            return found;
        });
    }

    @Override
    public @Nullable Content open(Scope scope, String id) {
        return find(scope, id) == null ? null : new Whole(files.of(id));
    }

    /** The file itself: nobody writes to it. */
    private record Whole(Path file) implements Content {

        @Override
        public void close() {
            // It stays.
        }
    }

    @Override
    public boolean erase(Scope scope, String id) {
        synchronized (files) {
            boolean there = database.erase(session -> DocumentRows.erase(session, scope, id));
            deleteUnknown(List.of(id));
            return there;
        }
    }

    @Override
    public List<Document> of(ConversationKey conversation) {
        var scope = conversation.scope();
        return database.read(session -> session.list(
                DocumentRows.OF_CONVERSATION,
                DocumentRows::read,
                scope.tenant(),
                scope.namespace(),
                conversation.id()));
    }

    @Override
    public boolean eraseOf(ConversationKey conversation) {
        if (!database.read(session -> DocumentRows.hasAny(session, conversation))) {
            return false; // the writer need not be waited for
        }
        boolean any = database.erase(session -> DocumentRows.eraseOf(session, conversation));
        erased(Integer.MAX_VALUE);
        return any;
    }

    @Override
    public List<Erased> erased(int limit) {
        var erased = database.read(session -> session.list(
                ERASED,
                row -> new Erased(
                        Long.toString(row.getLong(1)), new Scope(row.getString(2), row.getString(3)), row.getString(4)),
                limit));
        deleteUnknown(erased.stream().map(Erased::document).toList());
        return erased;
    }

    private void deleteUnknown(List<String> ids) {
        synchronized (files) {
            for (String id : ids) {
                if (!isKnown(id)) {
                    files.delete(id);
                }
            }
        }
    }

    private boolean isKnown(String id) {
        return database.read(session -> session.number(KNOWN, id)) > 0;
    }

    @Override
    public void forget(Erased erased) {
        database.write(session ->
                session.update("DELETE FROM document_erased WHERE number = ?", Long.parseLong(erased.name())));
    }
}
