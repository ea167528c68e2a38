package io.perpetua.adapters.http.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.application.vision.SearchRegions.Query;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is searched for. */
final class SearchReader {

    private static final String QUERY = "query";
    private static final String FILTERS = "filters";
    private static final String DOCUMENT = "doc_id";
    private static final String TYPE = "type";
    private static final String PAGE = "page";
    private static final List<String> KNOWN = List.of(DOCUMENT, TYPE, PAGE, "metadata");
    private static final List<String> TYPES =
            Arrays.stream(RegionType.values()).map(RegionType::wire).toList();

    private static final int LONGEST_QUERY = 8_192;
    private static final int MOST = 50;
    private static final int USUAL = 12;
    private static final int MOST_DOCUMENTS = 100;
    private static final int LAST_PAGE = 1_000_000;

    private SearchReader() {}

    static Query read(Fields body, Scope scope) {
        String query = body.text(QUERY);
        if (query.isBlank() || query.length() > LONGEST_QUERY) {
            throw body.invalid(
                    QUERY, "1 to " + LONGEST_QUERY + " characters, not all blank", query.length() + " of them");
        }
        var filters = body.object(FILTERS);
        filters.requireOnly(KNOWN);
        var metadata = MetadataReader.read(filters);
        return new Query(
                scope,
                query,
                body.integer("top_k", 1, MOST, USUAL),
                filter(filters),
                metadata == null ? Map.of() : metadata);
    }

    private static RegionFilter filter(Fields filters) {
        var pages = pages(filters);
        return new RegionFilter(documents(filters, DOCUMENT), types(filters), pages.first(), pages.last());
    }

    /** The ids of documents in {@code field}, one or several; null when it is absent. */
    static @Nullable Set<String> documents(Fields fields, String field) {
        if (fields.find(field) == null) {
            return null;
        }
        var ids = fields.texts(field);
        if (ids.isEmpty() || ids.size() > MOST_DOCUMENTS) {
            throw fields.invalid(field, "1 to " + MOST_DOCUMENTS + " ids", ids.size() + " of them");
        }
        return new HashSet<>(ids);
    }

    private static @Nullable Set<RegionType> types(Fields filters) {
        if (filters.find(TYPE) == null) {
            return null;
        }
        var types = new HashSet<RegionType>();
        for (String word : filters.texts(TYPE)) {
            if (!TYPES.contains(word)) {
                throw filters.invalid(TYPE, "one or some of " + String.join(", ", TYPES), "another");
            }
            types.add(Objects.requireNonNull(RegionType.of(word)));
        }
        if (types.isEmpty()) {
            throw filters.invalid(TYPE, "one or some of " + String.join(", ", TYPES), "none");
        }
        return types;
    }

    private record Pages(int first, int last) {}

    private static Pages pages(Fields filters) {
        JsonNode found = filters.find(PAGE);
        if (found == null) {
            return new Pages(1, Integer.MAX_VALUE);
        }
        if (!found.isObject()) {
            int only = filters.integer(PAGE, 1, LAST_PAGE, 1);
            return new Pages(only, only);
        }
        var range = filters.object(PAGE);
        int first = range.integer("from", 1, LAST_PAGE, 1);
        int last = range.integer("to", 1, LAST_PAGE, LAST_PAGE);
        if (last < first) {
            throw range.invalid("to", "a page from " + first + " on", "" + last);
        }
        return new Pages(first, last);
    }
}
