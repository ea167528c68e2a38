package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScriptOutputType;
import io.perpetua.adapters.redis.DocumentRecord.PageRecord;
import io.perpetua.application.vision.Documents;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.DocumentId;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.RegionId;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Documents, in Redis: each in a slot by its id, whose value says whose it is. */
@Singleton
@Shared
final class RedisDocuments implements Documents {

    private static final Script PAGE = Script.load("document-page.lua");
    private static final Script REPLACE = Script.load("replace.lua");

    private final Link link;
    private final DocumentErasure erasure;
    private final DocumentBytes bytes;

    RedisDocuments(Link link, DocumentErasure erasure) {
        this.link = link;
        this.erasure = erasure;
        this.bytes = new DocumentBytes(link);
    }

    private @Nullable DocumentRecord record(Scope scope, String id) {
        if (!DocumentId.valid(id)) {
            return null;
        }
        byte @Nullable [] found = link.ask(commands -> commands.get(DocumentKeys.document(id)));
        var record = found == null ? null : DocumentRecord.of(found);
        return record == null || !record.scope().equals(scope) ? null : record;
    }

    @Override
    public boolean keep(Scope scope, Document document, Path content) {
        String id = document.id();
        if (record(scope, id) != null) {
            return false;
        }
        var note = erasure.writing(scope, id);
        bytes.write(id, content);
        byte[] member = Names.bytes(id);
        link.askAll(List.<Link.Question<Long>>of(
                commands -> commands.zadd(DocumentKeys.listed(scope), 0, member),
                commands -> commands.zadd(DocumentKeys.SCOPES, 0, Names.bytes(DocumentKeys.name(scope)))));
        bind(scope, document);
        byte[] packed = new DocumentRecord(scope, document).packed();
        boolean kept = link.ask(commands -> commands.setnx(DocumentKeys.document(id), packed));
        erasure.written(note);
        return kept;
    }

    private void bind(Scope scope, Document document) {
        String conversation = document.conversation();
        if (conversation != null) {
            link.ask(commands -> commands.sadd(DocumentKeys.bound(scope, conversation), Names.bytes(document.id())));
        }
    }

    @Override
    public @Nullable Document find(Scope scope, String id) {
        var record = record(scope, id);
        return record == null ? null : record.document();
    }

    @Override
    public List<Document> list(Scope scope, @Nullable String after, int limit) {
        var documents = new ArrayList<Document>();
        var ids = after(DocumentKeys.listed(scope), after, limit);
        while (!ids.isEmpty() && documents.size() < limit) {
            found(ids).stream()
                    .filter(each -> each.scope().equals(scope))
                    .limit(limit - documents.size())
                    .forEach(each -> documents.add(each.document()));
            ids = documents.size() < limit ? after(DocumentKeys.listed(scope), ids.getLast(), limit) : List.of();
        }
        return documents;
    }

    /** Members of a set whose scores are equal, in the order of bytes. */
    private List<String> after(byte[] key, @Nullable String after, int limit) {
        Boundary<byte[]> from = after == null ? Boundary.unbounded() : Boundary.excluding(Names.bytes(after));
        List<byte[]> found = link.ask(
                commands -> commands.zrangebylex(key, Range.from(from, Boundary.unbounded()), Limit.create(0, limit)));
        return found.stream().map(each -> new String(each, UTF_8)).toList();
    }

    /** Those of the documents that are there, in the order of {@code ids}. */
    private List<DocumentRecord> found(Collection<String> ids) {
        List<Optional<byte[]>> found = link.askAll(ids.stream()
                .<Link.Question<Optional<byte[]>>>map(id ->
                        commands -> commands.get(DocumentKeys.document(id)).thenApply(Optional::ofNullable))
                .toList());
        return found.stream().flatMap(Optional::stream).map(DocumentRecord::of).toList();
    }

    @Override
    public List<Located> all(@Nullable Located after, int limit) {
        var located = new ArrayList<Located>();
        String before = after == null ? null : after.document().id();
        var scope = after == null ? nextScope(null) : after.scope();
        while (scope != null && located.size() < limit) {
            var in = scope;
            list(in, before, limit - located.size()).forEach(each -> located.add(new Located(in, each)));
            before = null;
            scope = nextScope(in);
        }
        return located;
    }

    private @Nullable Scope nextScope(@Nullable Scope scope) {
        var next = after(DocumentKeys.SCOPES, scope == null ? null : DocumentKeys.name(scope), 1);
        return next.isEmpty() ? null : DocumentKeys.scope(next.getFirst());
    }

    @Override
    public boolean describe(Scope scope, String id, Map<String, String> metadata) {
        var before = changed(scope, id, document -> document.describedBy(metadata));
        if (before == null) {
            return false;
        }
        var after = before.document().describedBy(metadata);
        erasure.unbind(before);
        bind(scope, after);
        return true;
    }

    /** Changes a document. Returns what it was; null where it is not there. */
    private @Nullable DocumentRecord changed(Scope scope, String id, UnaryOperator<Document> change) {
        while (true) {
            var before = record(scope, id);
            if (before == null) {
                return null;
            }
            byte[] after = new DocumentRecord(scope, change.apply(before.document())).packed();
            byte[][] keys = {DocumentKeys.document(id)};
            if (link.<Long>ask(commands ->
                            Link.run(commands, REPLACE, ScriptOutputType.INTEGER, keys, before.packed(), after))
                    == 1) {
                return before;
            }
        }
    }

    @Override
    public boolean put(Scope scope, String id, Page page, List<Counted> regions) {
        if (record(scope, id) == null) {
            return false;
        }
        byte[][] keys = {DocumentKeys.document(id), DocumentKeys.pages(id)};
        byte[] packed = new PageRecord(page, regions).packed();
        return link.<Long>ask(commands ->
                        Link.run(commands, PAGE, ScriptOutputType.INTEGER, keys, Names.bytes(page.number()), packed))
                == 1;
    }

    @Override
    public boolean complete(Scope scope, String id, int pages) {
        if (changed(scope, id, document -> document.read(pages)) == null) {
            return false;
        }
        byte[][] beyond = numbers(id).stream()
                .filter(number -> number > pages)
                .map(Names::bytes)
                .toArray(byte[][]::new);
        if (beyond.length > 0) {
            link.ask(commands -> commands.hdel(DocumentKeys.pages(id), beyond));
        }
        return true;
    }

    private Set<Integer> numbers(String id) {
        List<byte[]> found = link.ask(commands -> commands.hkeys(DocumentKeys.pages(id)));
        var numbers = new TreeSet<Integer>();
        found.forEach(each -> numbers.add(Integer.valueOf(new String(each, UTF_8))));
        return numbers;
    }

    @Override
    public List<KeptPage> pages(Scope scope, String id, int after, int limit) {
        if (record(scope, id) == null) {
            return List.of();
        }
        var wanted = numbers(id).stream()
                .filter(number -> number > after)
                .limit(limit)
                .toList();
        return pages(wanted.stream().map(number -> new RegionId(id, number, 0)).toList()).stream()
                .map(page -> new KeptPage(page.page(), kept(id, page)))
                .toList();
    }

    private static List<KeptRegion> kept(String id, PageRecord page) {
        return page.regions().stream()
                .map(each -> new KeptRegion(id, page.page(), each.region(), each.tokens()))
                .toList();
    }

    /** Those of the pages, each named by a region on it, that are there, in this order. */
    private List<PageRecord> pages(List<RegionId> on) {
        List<Optional<byte[]>> found = link.askAll(on.stream()
                .<Link.Question<Optional<byte[]>>>map(region ->
                        commands -> commands.hget(DocumentKeys.pages(region.document()), Names.bytes(region.page()))
                                .thenApply(Optional::ofNullable))
                .toList());
        return found.stream().flatMap(Optional::stream).map(PageRecord::of).toList();
    }

    @Override
    public List<KeptRegion> regions(Scope scope, Collection<RegionId> ids) {
        var byDocument = new TreeMap<String, Set<RegionId>>();
        ids.forEach(id -> byDocument
                .computeIfAbsent(id.document(), none -> new TreeSet<>())
                .add(id));
        byDocument.keySet().removeIf(id -> !DocumentId.valid(id));
        var regions = new ArrayList<KeptRegion>();
        for (var record : found(byDocument.keySet())) {
            String document = record.document().id();
            var wanted = byDocument.get(document);
            if (record.scope().equals(scope) && wanted != null) {
                var pages = wanted.stream()
                        .map(id -> new RegionId(document, id.page(), 0))
                        .distinct()
                        .toList();
                pages(pages)
                        .forEach(page -> kept(document, page).stream()
                                .filter(region -> wanted.contains(region.id()))
                                .forEach(regions::add));
            }
        }
        return regions;
    }

    @Override
    public @Nullable Content open(Scope scope, String id) {
        var record = record(scope, id);
        return record == null ? null : bytes.read(id);
    }

    @Override
    public boolean erase(Scope scope, String id) {
        return DocumentId.valid(id) && erasure.erase(scope, id);
    }

    @Override
    public List<Document> of(ConversationKey conversation) {
        Set<byte[]> bound = link.ask(commands -> commands.smembers(DocumentKeys.bound(conversation)));
        var ids = bound.stream().map(id -> new String(id, UTF_8)).sorted().toList();
        return found(ids).stream()
                .filter(each -> each.scope().equals(conversation.scope()))
                .map(DocumentRecord::document)
                .filter(document -> conversation.id().equals(document.conversation()))
                .toList();
    }

    @Override
    public boolean eraseOf(ConversationKey conversation) {
        return erasure.eraseOf(conversation);
    }

    @Override
    public List<Erased> erased(int limit) {
        return erasure.erased(limit);
    }

    @Override
    public void forget(Erased erased) {
        erasure.forget(erased);
    }
}
