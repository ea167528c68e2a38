package io.perpetua.adapters.http.vision;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.MemoryLane;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.vision.DecodeRegions;
import io.perpetua.application.vision.RequestIndexing;
import io.perpetua.application.vision.RequestIndexing.Wish;
import io.perpetua.application.vision.SearchRegions;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.vision.Fidelity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Documents indexed, searched, and read by region. */
@Controller("/v1/vision")
@Needs(Permission.VISION)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class VisionController {

    private static final String ADDRESS = "doc_url";
    private static final String DOCUMENT = "document";
    private static final String MEDIA_TYPE = "media_type";
    private static final String REGIONS = "region_ids";
    private static final List<String> FIDELITIES =
            Arrays.stream(Fidelity.values()).map(Fidelity::wire).toList();

    private static final int LONGEST_ADDRESS = 2_048;
    private static final Pattern TYPE = Pattern.compile(
            "([\\w!#$&^.+-]{1,64}/[\\w!#$&^.+-]{1,64})" + "(?:\\s*;\\s*charset\\s*=\\s*(\"?)([\\w.:+-]{1,40})\\2)?",
            Pattern.CASE_INSENSITIVE);
    private static final int MOST_REGIONS = 16;
    private static final int LONGEST_REGION = 256;

    private final RequestIndexing indexing;
    private final SearchRegions search;
    private final DecodeRegions decode;
    private final VisionSwitch switched;
    private final MemoryLane lane;

    VisionController(
            RequestIndexing indexing,
            SearchRegions search,
            DecodeRegions decode,
            VisionSwitch switched,
            MemoryLane lane) {
        this.indexing = indexing;
        this.search = search;
        this.decode = decode;
        this.switched = switched;
        this.lane = lane;
    }

    @Post("/index")
    HttpResponse<?> index(HttpRequest<?> request, @Body byte[] body) {
        var call = Call.of(request);
        switched.check(call);
        return lane.during(request, () -> index(call, Fields.of(body)));
    }

    private HttpResponse<?> index(Call call, Fields body) {
        var scope = call.scope(body);
        String address = body.textOrNull(ADDRESS);
        String document = body.textOrNull(DOCUMENT);
        var wish = new Wish(mediaType(body), MetadataReader.read(body), body.flag("force_reindex", false));
        if (address != null && document != null) {
            throw body.invalid(DOCUMENT, "either this or 'doc_url'", "both");
        }
        var job = address != null
                ? indexing.fetch(scope, address(body, address), wish)
                : indexing.index(
                        scope, bytes(body, body.required(DOCUMENT, "a document, or 'doc_url'", document)), wish);
        return Replies.json(HttpResponse.accepted(), Json.bytes(VisionViews.of(job)));
    }

    private static String mediaType(Fields body) {
        String type = body.textOrNull(MEDIA_TYPE);
        if (type == null) {
            return "";
        }
        var found = TYPE.matcher(type);
        if (!found.matches()) {
            throw body.invalid(
                    MEDIA_TYPE, "a type such as text/markdown, with no parameter but its charset", "another string");
        }
        String charset = found.group(3);
        return (charset == null ? found.group(1) : found.group(1) + "; charset=" + charset).toLowerCase(Locale.ROOT);
    }

    private static URI address(Fields body, String given) {
        try {
            var address = new URI(given);
            boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && given.length() <= LONGEST_ADDRESS) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw notAnAddress(body, e);
        }
        throw notAnAddress(body, null);
    }

    private static RuntimeException notAnAddress(Fields body, @Nullable Exception cause) {
        var refused = body.invalid(
                ADDRESS, "an http or https address of up to " + LONGEST_ADDRESS + " characters", "another string");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    private static byte[] bytes(Fields body, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            var refused = body.invalid(DOCUMENT, "bytes in base64", "a string that is not");
            refused.initCause(e);
            throw refused;
        }
    }

    @Get("/index/jobs/{id:[^/]+}")
    HttpResponse<?> job(HttpRequest<?> request) {
        var call = Call.of(request);
        return Replies.ok(VisionViews.of(indexing.job(call.scope(), Call.identifier("job_id", call.segment(5)))));
    }

    @Post("/search")
    HttpResponse<?> search(HttpRequest<?> request, @Body byte[] body) {
        var call = Call.of(request);
        switched.check(call);
        var fields = Fields.of(body);
        var query = SearchReader.read(fields, call.scope(fields));
        var found = lane.during(request, () -> search.search(query));
        var json = Json.object();
        var regions = json.putArray("regions");
        found.hits().forEach(hit -> regions.add(VisionViews.of(hit)));
        if (!found.degraded().isEmpty()) {
            found.degraded().forEach(json.putArray("degraded")::add);
        }
        return Replies.ok(json);
    }

    @Post("/decode")
    HttpResponse<?> decode(HttpRequest<?> request, @Body byte[] body) {
        var call = Call.of(request);
        switched.check(call);
        var fields = Fields.of(body);
        var ids = fields.texts(REGIONS);
        if (ids.isEmpty() || ids.size() > MOST_REGIONS) {
            throw fields.invalid(REGIONS, "1 to " + MOST_REGIONS + " ids", ids.size() + " of them");
        }
        if (ids.stream().anyMatch(id -> id.length() > LONGEST_REGION)) {
            throw fields.invalid(REGIONS, "ids of up to " + LONGEST_REGION + " characters", "a longer one");
        }
        String word = fields.wordOrNull("fidelity", FIDELITIES);
        var fidelity = word == null ? Fidelity.USUAL : Objects.requireNonNull(Fidelity.of(word));
        var json = Json.object();
        var results = json.putArray("results");
        decode.decode(call.scope(fields), ids, fidelity)
                .forEach(result -> results.add(VisionViews.of(result, fidelity)));
        return Replies.ok(json);
    }
}
