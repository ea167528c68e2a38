package io.perpetua.adapters.http.vision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.vision.DecodeRegions.Result;
import io.perpetua.application.vision.SearchRegions.Hit;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.IndexJob.Problem;
import io.perpetua.domain.vision.IndexJob.Status;

/** Jobs and regions as clients see them. */
final class VisionViews {

    private VisionViews() {}

    static ObjectNode of(IndexJob job) {
        var json = Json.object()
                .put("job_id", job.id())
                .put("status", job.status().wire())
                .put("progress", job.progress())
                .put("doc_id", job.document());
        if (job.pages() > 0) {
            json.put("pages", job.pages());
        }
        if (job.error() != null && job.status() == Status.SUCCEEDED) {
            json.putArray("warnings").add(of(job.error()));
        } else if (job.error() != null) {
            json.set("error", of(job.error()));
        }
        return json.put("created_at", job.at().toString());
    }

    private static ObjectNode of(Problem problem) {
        return Json.object().put("code", problem.code()).put("message", problem.message());
    }

    static ObjectNode of(Hit hit) {
        var region = hit.region();
        var box = region.region().box();
        var json = Json.object()
                .put("region_id", region.id().wire())
                .put("doc_id", region.document())
                .put("page", region.page().number());
        json.putObject("bbox")
                .put("x", box.x())
                .put("y", box.y())
                .put("w", box.w())
                .put("h", box.h());
        return json.put("resolution", region.page().resolution())
                .put("type", region.region().type().wire())
                .put("score", hit.score())
                .put("why_relevant", hit.why())
                .put("token_estimate", region.tokens());
    }

    static ObjectNode of(Result result, Fidelity fidelity) {
        var json = Json.object().put("region_id", result.id());
        var decoded = result.decoded();
        if (decoded == null) {
            json.putNull("text");
        } else {
            json.put("text", decoded.text());
        }
        json.put("fidelity", fidelity.wire());
        if (decoded == null) {
            json.putNull("confidence");
        } else {
            json.put("confidence", decoded.confidence());
        }
        if (result.problem() != null) {
            json.set("error", of(result.problem()));
        }
        return json;
    }
}
