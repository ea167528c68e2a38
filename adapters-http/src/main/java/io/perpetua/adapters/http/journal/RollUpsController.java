package io.perpetua.adapters.http.journal;

import com.fasterxml.jackson.databind.util.RawValue;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.journal.RollUpPage;
import io.perpetua.application.journal.RollUpWeeks;
import io.perpetua.application.journal.RollUps;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.journal.Week;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a week of turns comes to: the week that is under way, those that are over, or one that is asked for. */
@Controller("/v1/usage/rollups")
@Needs(Permission.ADMIN)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class RollUpsController {

    private static final String MARKDOWN = "text/markdown";
    private static final String PERIOD = "period";
    private static final String WEEKLY = "weekly";
    private static final String WEEK = "week";
    private static final String TENANT = "tenant";
    private static final int MOST = 104;
    private static final int USUAL = 12;

    private final RollUpWeeks weeks;
    private final RollUps kept;
    private final InstantSource clock;

    RollUpsController(RollUpWeeks weeks, RollUps kept, InstantSource clock) {
        this.weeks = weeks;
        this.kept = kept;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> rollUps(HttpRequest<?> request) {
        var call = Call.of(request);
        String period = call.query(PERIOD);
        if (period != null && !period.equals(WEEKLY)) {
            throw refused(PERIOD, WEEKLY);
        }
        int limit = call.query("limit", 0, MOST, USUAL);
        String tenant = call.query(TENANT);
        if (tenant != null) {
            Call.identifier(TENANT, tenant);
        }
        String named = call.query(WEEK);
        var week = named == null ? Week.of(clock.instant()) : Week.named(named);
        if (week == null) {
            throw refused(WEEK, "a week such as 2026-W10");
        }
        boolean markdown = wantsMarkdown(request);
        if (!weeks.hasRowsOf(week)) {
            return Replies.ok(Json.object()
                    .put(PERIOD, WEEKLY)
                    .set("data", Json.array().addRawValue(kept(week, tenant, markdown))));
        }
        var rollUp = weeks.rollUp(week, tenant);
        if (markdown) {
            return HttpResponse.ok(RollUpPage.of(rollUp).getBytes(StandardCharsets.UTF_8))
                    .contentType(MARKDOWN + "; charset=utf-8");
        }
        var json = Json.object().put(PERIOD, WEEKLY);
        var data = json.putArray("data").add(RollUpDocument.of(rollUp));
        if (named == null && tenant == null) {
            kept.latest(limit).forEach(each -> data.addRawValue(Json.raw(each.json())));
        }
        return Replies.ok(json);
    }

    /** Of a week whose rows are gone there is what was made of them when it ended: of all tenants, in JSON. */
    private RawValue kept(Week week, @Nullable String tenant, boolean markdown) {
        String document = kept.find(week);
        if (document == null || tenant != null || markdown) {
            throw new RequestRefused(
                    Reason.NOT_FOUND,
                    "rows_gone",
                    WEEK,
                    "the journal's rows of " + week.name() + " are gone"
                            + (document == null ? "" : "; what was kept of it is everybody's, as JSON"));
        }
        return Json.raw(document);
    }

    private static boolean wantsMarkdown(HttpRequest<?> request) {
        var markdown = quality(request, MARKDOWN);
        return markdown.signum() > 0 && markdown.compareTo(quality(request, MediaType.APPLICATION_JSON)) >= 0;
    }

    /** How much {@code type} is wanted, by name; 0 where it is not. */
    private static BigDecimal quality(HttpRequest<?> request, String type) {
        return request.accept().stream()
                .filter(each -> each.getName().equals(type))
                .map(MediaType::getQualityAsNumber)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
    }

    private static RequestRefused refused(String name, String expected) {
        return new RequestRefused(Reason.INVALID, "invalid_value", name, "'" + name + "': expected " + expected);
    }
}
