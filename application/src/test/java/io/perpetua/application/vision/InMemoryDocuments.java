package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.RegionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public class InMemoryDocuments implements Documents {

    private static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.scope.tenant())
            .thenComparing(key -> key.scope.namespace())
            .thenComparing(Key::id);

    private record Key(Scope scope, String id) {}

    private record Written(Page page, List<Counted> regions) {}

    private static final class Kept {
        private Document document;
        private final byte[] content;
        private final NavigableMap<Integer, Written> pages = new TreeMap<>();

        Kept(Document document, byte[] content) {
            this.document = document;
            this.content = content;
        }
    }

    private final NavigableMap<Key, Kept> all = new TreeMap<>(ORDER);
    private final Map<String, Erased> erased = new LinkedHashMap<>();
    private final InMemoryIndexJobs jobs;
    private boolean away;

    /** Documents whose jobs are {@code jobs}. */
    public InMemoryDocuments(InMemoryIndexJobs jobs) {
        this.jobs = jobs;
    }

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    private @Nullable Kept kept(Scope scope, String id) {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
        return all.get(new Key(scope, id));
    }

    @Override
    public synchronized boolean keep(Scope scope, Document document, Path content) {
        if (kept(scope, document.id()) != null) {
            return false;
        }
        try {
            all.put(new Key(scope, document.id()), new Kept(document, Files.readAllBytes(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    public synchronized @Nullable Document find(Scope scope, String id) {
        var kept = kept(scope, id);
        return kept == null ? null : kept.document;
    }

    @Override
    public synchronized List<Document> list(Scope scope, @Nullable String after, int limit) {
        return all(after == null ? new Key(scope, "") : new Key(scope, after), Integer.MAX_VALUE).stream()
                .filter(each -> each.scope().equals(scope))
                .map(Located::document)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Located> all(@Nullable Located after, int limit) {
        return all(
                after == null ? null : new Key(after.scope(), after.document().id()), limit);
    }

    private List<Located> all(@Nullable Key after, int limit) {
        kept(new Scope("a", "a"), "");
        return (after == null ? all : all.tailMap(after, false))
                .entrySet().stream()
                        .limit(limit)
                        .map(each -> new Located(each.getKey().scope, each.getValue().document))
                        .toList();
    }

    @Override
    public synchronized boolean describe(Scope scope, String id, Map<String, String> metadata) {
        var kept = kept(scope, id);
        if (kept != null) {
            kept.document = kept.document.describedBy(metadata);
        }
        return kept != null;
    }

    @Override
    public synchronized boolean put(Scope scope, String id, Page page, List<Counted> regions) {
        var kept = kept(scope, id);
        if (kept != null) {
            kept.pages.put(page.number(), new Written(page, List.copyOf(regions)));
        }
        return kept != null;
    }

    @Override
    public synchronized boolean complete(Scope scope, String id, int pages) {
        var kept = kept(scope, id);
        if (kept != null) {
            kept.document = kept.document.read(pages);
            kept.pages.tailMap(pages, false).clear();
        }
        return kept != null;
    }

    @Override
    public synchronized List<KeptPage> pages(Scope scope, String id, int after, int limit) {
        var kept = kept(scope, id);
        return kept == null
                ? List.of()
                : kept.pages.tailMap(after, false).values().stream()
                        .limit(limit)
                        .map(each -> new KeptPage(each.page, regions(id, each)))
                        .toList();
    }

    private static List<KeptRegion> regions(String id, Written page) {
        return page.regions.stream()
                .map(each -> new KeptRegion(id, page.page, each.region(), each.tokens()))
                .toList();
    }

    @Override
    public synchronized List<KeptRegion> regions(Scope scope, Collection<RegionId> ids) {
        var regions = new ArrayList<KeptRegion>();
        for (RegionId id : ids.stream().distinct().toList()) {
            var kept = kept(scope, id.document());
            var page = kept == null ? null : kept.pages.get(id.page());
            if (page != null) {
                regions(id.document(), page).stream()
                        .filter(region -> region.id().equals(id))
                        .forEach(regions::add);
            }
        }
        return regions;
    }

    @Override
    public synchronized @Nullable Content open(Scope scope, String id) {
        var kept = kept(scope, id);
        if (kept == null) {
            return null;
        }
        try {
            Path file = Files.createTempFile("document-", "");
            Files.write(file, kept.content);
            return new Copy(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Copy(Path file) implements Content {

        @Override
        public void close() {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public synchronized boolean erase(Scope scope, String id) {
        boolean there = kept(scope, id) != null;
        if (there) {
            all.remove(new Key(scope, id));
            String name = UUID.randomUUID().toString();
            erased.put(name, new Erased(name, scope, id));
        }
        return there;
    }

    @Override
    public synchronized List<Document> of(ConversationKey conversation) {
        return list(conversation.scope(), null, Integer.MAX_VALUE).stream()
                .filter(document -> conversation.id().equals(document.conversation()))
                .toList();
    }

    @Override
    public synchronized boolean eraseOf(ConversationKey conversation) {
        var bound = of(conversation);
        for (var document : bound) {
            jobs.erase(conversation.scope(), document.id());
            erase(conversation.scope(), document.id());
        }
        return jobs.eraseOf(conversation) || !bound.isEmpty();
    }

    @Override
    public synchronized List<Erased> erased(int limit) {
        return erased.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void forget(Erased gone) {
        erased.remove(gone.name());
    }
}
