package io.perpetua.adapters.documents.ocr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.documents.Failures;
import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.RegionType;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A service that recognises text by optical compression, as DeepSeek-OCR does. */
public final class OcrService implements Recogniser, AutoCloseable {

    /* A page is indexed as a job: the picture goes to /v1/ocr/index, and /v1/ocr/jobs/{id} is asked until the job has
     * succeeded or failed. A region is decoded at once by /v1/ocr/decode; which fidelity is wanted goes with it, and how
     * strongly the picture is compressed for that is the service's affair, so it is always given the finest one. */

    private static final int RESOLUTION = 200;
    private static final double POINTS_PER_INCH = 72;
    private static final int MOST_REGIONS = 2_000;
    private static final String REGION = "region";

    private final ServiceCalls calls;
    private final ServiceSettings settings;
    private final ObjectMapper json = new ObjectMapper();

    public OcrService(ServiceSettings settings) {
        this.settings = settings;
        this.calls = new ServiceCalls(settings);
    }

    @Override
    public int pageResolution() {
        return RESOLUTION;
    }

    @Override
    public int resolution(Fidelity fidelity) {
        return RESOLUTION;
    }

    @Override
    public List<Recognised> page(BufferedImage image, int resolution) {
        var request = json.createObjectNode();
        request.put("document", Base64.getEncoder().encodeToString(Tesseract.png(image)));
        request.put("media_type", "image/png");
        request.put("resolution", resolution);
        var job = calls.post("/v1/ocr/index", request);
        long deadline = System.nanoTime() + settings.jobTime().toNanos();
        while (true) {
            switch (job.path("status").asText()) {
                case "succeeded" -> {
                    return regions(job.path("regions"), image, resolution);
                }
                case "failed" -> throw Failures.refused("ocr_failed", "the OCR service could not read the page", null);
                case "queued", "running" -> job = next(job, deadline);
                default -> throw ServiceCalls.senseless("a job without a status", null);
            }
        }
    }

    private JsonNode next(JsonNode job, long deadline) {
        String id = job.path("job_id").asText();
        if (!id.matches("[A-Za-z0-9._~-]{1,128}")) {
            throw ServiceCalls.senseless("a job without an id", null);
        }
        if (System.nanoTime() - deadline > 0) {
            throw Failures.recogniserUnavailable("the OCR service has not read the page in time", null);
        }
        calls.pause(settings.delay());
        return calls.get("/v1/ocr/jobs/" + id);
    }

    private static List<Recognised> regions(JsonNode regions, BufferedImage image, int resolution) {
        if (!regions.isArray() || regions.size() > MOST_REGIONS) {
            throw ServiceCalls.senseless("no list of regions", null);
        }
        double scale = POINTS_PER_INCH / resolution;
        var recognised = new ArrayList<Recognised>();
        for (JsonNode each : regions) {
            var box = each.path("bbox");
            double x = box.path("x").asDouble();
            double y = box.path("y").asDouble();
            double w = box.path("w").asDouble();
            double h = box.path("h").asDouble();
            var type = RegionType.of(each.path("type").asText());
            boolean within =
                    x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= image.getWidth() && y + h <= image.getHeight();
            if (type == null || !within) {
                throw ServiceCalls.senseless("a region without a type, or not on its page", null);
            }
            var bounds = new Rect(x * scale, y * scale, (x + w) * scale, (y + h) * scale);
            recognised.add(new Recognised(type, bounds, each.path("text").asText(), confidence(each)));
        }
        return recognised;
    }

    private static double confidence(JsonNode of) {
        double confidence = of.path("confidence").asDouble(-1);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw ServiceCalls.senseless("no confidence from 0 to 1", null);
        }
        return confidence;
    }

    @Override
    public Decoded decode(BufferedImage image, int resolution, Fidelity fidelity) {
        ObjectNode request = json.createObjectNode();
        request.put("fidelity", fidelity.wire());
        request.putArray("regions")
                .addObject()
                .put("region_id", REGION)
                .put("image", Base64.getEncoder().encodeToString(Tesseract.png(image)))
                .put("resolution", resolution);
        var answer = calls.post("/v1/ocr/decode", request);
        for (JsonNode each : answer.path("results")) {
            if (each.path("region_id").asText().equals(REGION)) {
                if (each.hasNonNull("error")) {
                    throw Failures.refused("ocr_failed", "the OCR service could not read the region", null);
                }
                if (!each.path("text").isTextual()) {
                    throw ServiceCalls.senseless("a region without a text", null);
                }
                return new Decoded(each.path("text").asText(), confidence(each));
            }
        }
        throw ServiceCalls.senseless("no result for the region", null);
    }

    /** Ends every call. */
    @Override
    public void close() {
        calls.close();
    }
}
