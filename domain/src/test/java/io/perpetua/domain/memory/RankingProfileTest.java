package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Role;
import org.junit.jupiter.api.Test;

final class RankingProfileTest {

    @Test
    void of_turnsOfLikeLength_isADialogue() {
        assertThat(profile(100, 140)).isEqualTo(RankingProfile.DIALOGUE);
    }

    @Test
    void of_assistantThatTalksFarMore_isAChat() {
        assertThat(profile(50, 600)).isEqualTo(RankingProfile.CHAT);
    }

    @Test
    void of_onlyUsers_isADialogue() {
        assertThat(RankingProfile.of(
                        new Talk().says("Ada", "a").says("Ben", "b").table()))
                .isEqualTo(RankingProfile.DIALOGUE);
    }

    @Test
    void of_nothing_isADialogue() {
        assertThat(RankingProfile.of(new Talk().table())).isEqualTo(RankingProfile.DIALOGUE);
    }

    @Test
    void of_shapesInBetween_goOverWithoutAJump() {
        double before = RankingProfile.DIALOGUE.withVectors().user();
        for (int tokens = 140; tokens <= 480; tokens += 5) {
            double now = profile(100, tokens).withVectors().user();
            assertThat(now - before).isBetween(0.0, 0.1);
            before = now;
        }
        assertThat(before).isEqualTo(RankingProfile.CHAT.withVectors().user());
    }

    private static RankingProfile profile(int user, int assistant) {
        return RankingProfile.of(new Talk()
                .says(Role.USER, null, "a", user)
                .assistant("b", assistant)
                .table());
    }
}
