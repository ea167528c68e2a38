package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every reader of messages must do. */
public abstract class MessageReaderContract {

    protected abstract MessageReader reader();

    private Message read(String json) {
        return reader().read(json);
    }

    @Test
    void read_plainText_isTheTextAndItsRole() {
        var message = read("{\"role\":\"user\",\"content\":\"Hello\",\"name\":\"ana\"}");

        assertThat(message.role()).isEqualTo(Role.USER);
        assertThat(message.text()).isEqualTo("Hello");
        assertThat(message.name()).isEqualTo("ana");
        assertThat(message.media()).isEmpty();
    }

    @Test
    void read_unknownFieldsAndWideNumbers_areKeptOnTheWire() {
        var message = read("""
                { "role": "user", "content": "x", "weight": 1.50, "big": 123456789012345678901234567890, "e": {"a": [null]} }""");

        assertThat(message.wire()).isEqualTo("""
                        {"role":"user","content":"x","weight":1.50,"big":123456789012345678901234567890,"e":{"a":[null]}}""");
    }

    @Test
    void read_parts_joinsTextsAndListsTheRest() {
        var message = read("""
                {"role":"user","content":[
                  {"type":"text","text":"one"},
                  {"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}},
                  {"type":"image_url","image_url":{"url":"https://example.org/b.png"}},
                  {"type":"text","text":"two"},
                  {"type":"file","file":{"file_id":"file-7"}},
                  {"type":"hologram","hologram":{}}]}""");

        assertThat(message.text()).isEqualTo("one\ntwo");
        assertThat(message.media())
                .extracting(Message.Media::kind)
                .containsExactly("image_url", "image_url", "file", "hologram");
        assertThat(message.media().get(0)).isEqualTo(new Message.Media("image_url", "https://example.org/a.png", 85));
        assertThat(message.media().get(1).tokens()).isEqualTo(765);
        assertThat(message.media().get(2).reference()).isEqualTo("file-7");
    }

    @Test
    void read_inlineData_isKnownByItsDigest() {
        String audio =
                "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"%s\",\"format\":\"wav\"}}]}";
        var media = read(audio.formatted("QUJD")).media();

        assertThat(media).hasSize(1);
        assertThat(media.getFirst().reference()).startsWith("sha256:").hasSize(71);
        assertThat(read(audio.formatted("QUJD")).media()).isEqualTo(media);
        assertThat(read(audio.formatted("QUJE")).media()).isNotEqualTo(media);
    }

    @Test
    void read_toolCalls_mayStandWithoutContent() {
        var message = read("""
                {"role":"assistant","content":null,"tool_calls":[
                  {"id":"c1","type":"function","function":{"name":"find","arguments":"{}"}},
                  {"id":"c2","type":"custom","custom":{"name":"shell","input":"ls"}}]}""");

        assertThat(message.text()).isEmpty();
        assertThat(message.toolCalls())
                .containsExactly(new ToolCall("c1", "find", "{}"), new ToolCall("c2", "shell", "ls"));
    }

    @Test
    void read_legacyFunctionCall_isACallAnsweredByName() {
        var call = read("{\"role\":\"assistant\",\"function_call\":{\"name\":\"find\",\"arguments\":\"{}\"}}");
        var report = read("{\"role\":\"function\",\"name\":\"find\",\"content\":\"42\"}");

        assertThat(call.toolCalls()).containsExactly(new ToolCall("find", "find", "{}"));
        assertThat(report.toolCallId()).isEqualTo("find");
    }

    @Test
    void read_refusal_countsAsText() {
        assertThat(read("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}")
                        .text())
                .isEqualTo("No.");
    }

    @Test
    void read_halfSurrogates_becomeReplacementCharacters() {
        var message = read("{\"role\":\"user\",\"content\":\"a\\ud83d b \\ude00 c \\ud83d\\ude00\",\"x\":\"\\udc00\"}");

        assertThat(message.text()).isEqualTo("a\uFFFD b \uFFFD c \uD83D\uDE00");
        assertThat(message.wire()).contains("\uFFFD").doesNotContain("\\ud83d");
    }

    @Test
    void read_nulCharacter_isText() {
        assertThat(read("{\"role\":\"user\",\"content\":\"a\\u0000b\"}").text()).isEqualTo("a\0b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json | `` | valid JSON",
                "{\"role\":\"user\",\"content\":\"x\",\"n\":1e99999999999999999999} | `` | valid JSON",
                "[1] | `` | expected a message object, found an array",
                "{\"content\":\"x\"} | role | expected one of system, developer, user, assistant, tool, function, found nothing",
                "{\"role\":\"bot\",\"content\":\"x\"} | role | found \"bot\"",
                "{\"role\":7,\"content\":\"x\"} | role | found 7",
                "{\"role\":\"user\"} | content | expected a string or an array of content parts, found nothing",
                "{\"role\":\"user\",\"content\":null} | content | found null",
                "{\"role\":\"user\",\"content\":5} | content | found 5",
                "{\"role\":\"user\",\"content\":[]} | content | found an empty array",
                "{\"role\":\"assistant\",\"content\":null} | content | found null",
                "{\"role\":\"user\",\"content\":[\"x\"]} | content[0] | expected a content part",
                "{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]} | content[0].type | found nothing",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | content[0].text | expected a string",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"image_url\",\"image_url\":{}}]} | content[1].image_url.url | expected a non-empty string",
                "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]} | content[0].input_audio | expected an object",
                "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{}}]} | content[0].file | file_id or file_data",
                "{\"role\":\"user\",\"content\":\"x\",\"name\":4} | name | expected a string, found 4",
                "{\"role\":\"tool\",\"content\":\"x\"} | tool_call_id | expected a non-empty string, found nothing",
                "{\"role\":\"function\",\"content\":\"x\"} | name | expected a non-empty string",
                "{\"role\":\"assistant\",\"tool_calls\":{\"a\":1}} | tool_calls | expected an array",
                "{\"role\":\"assistant\",\"tool_calls\":[4]} | tool_calls[0] | expected a tool call",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\"}]} | tool_calls[0].id | non-empty string",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"x\"}]} | tool_calls[0].type | \"function\" or \"custom\"",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]} | tool_calls[0].function.name | non-empty string",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{}}}]} | tool_calls[0].function.arguments | found an object",
                "{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[{\"id\":\"a\"}]} | tool_calls | only an assistant",
            })
    void read_whatIsNoMessage_namesTheFieldAndTheExpectation(String json, String field, String problem) {
        var refusal = catchThrowableOfType(MalformedMessage.class, () -> read(json));

        assertThat(refusal).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.problem()).contains(problem);
    }
}
