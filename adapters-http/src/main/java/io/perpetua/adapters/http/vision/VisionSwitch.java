package io.perpetua.adapters.http.vision;

import io.micronaut.context.annotation.Value;
import io.perpetua.adapters.http.Call;
import io.perpetua.application.vision.VisionUnavailable;
import io.perpetua.application.vision.VisionUnavailable.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Whether documents are indexed, searched and read: by the configuration, and by what a request says. */
@Singleton
public final class VisionSwitch {

    private static final String HEADER = "X-Use-OCR";
    private static final String FALSE = "false";
    private static final String OFF = "0";
    private static final List<String> WORDS = List.of("true", "1", FALSE, OFF);

    /** Nobody knows when somebody switches it on. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final boolean enabled;

    VisionSwitch(@Value("${perpetua.vision.enabled:true}") boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether a request says that nothing is to be done with documents. */
    public static boolean isOff(Call call) {
        String word = call.header(HEADER, WORDS);
        return FALSE.equals(word) || OFF.equals(word);
    }

    /**
     * Lets a call pass.
     *
     * @throws VisionUnavailable where it is switched off
     */
    void check(Call call) {
        boolean off = isOff(call);
        if (!enabled) {
            throw new VisionUnavailable(
                    Reason.OFF,
                    "documents are switched off by the configuration: perpetua.vision.enabled is false",
                    LATER);
        }
        if (off) {
            throw new VisionUnavailable(
                    Reason.OFF, "documents are switched off for this request by its header " + HEADER, LATER);
        }
    }
}
