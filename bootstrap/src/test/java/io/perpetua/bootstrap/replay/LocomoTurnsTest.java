package io.perpetua.bootstrap.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.replay.LocomoTurns.Spoken;
import io.perpetua.domain.conversation.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A made-up sample in LoCoMo's shape, oddities included. */
final class LocomoTurnsTest {

    @Test
    void sample_sessionsInAnyOrder_areReadByNumber() throws JsonProcessingException {
        var sample = new ObjectMapper().readTree("""
                {"conversation": {"speaker_a": "Odo", "speaker_b": "Runa", "session_count": 4,
                  "session_10_date_time": "soon",
                  "session_10": [{"speaker": "Odo", "dia_id": "D10:1", "text": "Late again."}],
                  "session_2_date_time": " 12:05 am on 3 March, 2024",
                  "session_2": [{"speaker": "Runa", "dia_id": "D2:1", "text": "Fog?", "query": "secret",
                                 "blip_caption": "a grey bay"}],
                  "session_3_date_time": "9:05 am on 4 March, 2024"}}
                """);

        assertThat(LocomoTurns.areIn(sample)).isTrue();
        assertThat(LocomoTurns.of(sample))
                .containsExactly(
                        new Spoken(
                                "D2:1",
                                Role.ASSISTANT,
                                "Runa",
                                "Fog? [image: a grey bay]",
                                Instant.parse("2024-03-03T00:05:00Z")),
                        new Spoken("D10:1", Role.USER, "Odo", "Late again.", null));
    }

    @Test
    void somethingElse_isNoSample() throws JsonProcessingException {
        assertThat(LocomoTurns.areIn(new ObjectMapper().readTree("{\"messages\": []}")))
                .isFalse();
    }
}
