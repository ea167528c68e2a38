package io.perpetua.adapters.llm.openai;

import io.perpetua.application.routing.ModelInfo;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is and how to ask it. Its text form leaves the key out.
 *
 * @param name the name in {@code provider/model}
 * @param baseUrl what {@code /chat/completions} is appended to, such as {@code https://api.openai.com/v1}
 * @param apiKey sent as bearer token, null for a provider that needs none
 * @param models the models it is known to serve, the preferred one first
 */
public record ProviderSettings(
        String name, URI baseUrl, @Nullable String apiKey, List<ModelInfo> models, Timeouts timeouts) {

    private static final String PATH = "/chat/completions";

    public ProviderSettings {
        if (!("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme())) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("the base URL of " + name + " must start with http:// or https://");
        }
        if (baseUrl.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the base URL of " + name + " must not hold a user or a password");
        }
        // Checked here because the HTTP client would quote an unusable header's value in its exception.
        if (apiKey != null && !apiKey.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the key of " + name + " holds spaces or characters beyond ASCII");
        }
        models = List.copyOf(models);
    }

    /** Where chats are posted; a query, such as Azure's {@code api-version}, stays at the end. */
    URI endpoint() {
        String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String query = baseUrl.getRawQuery() == null ? "" : "?" + baseUrl.getRawQuery();
        return URI.create(baseUrl.getScheme() + "://" + baseUrl.getRawAuthority() + trimmed + PATH + query);
    }

    /** {@code text} without the key: some providers quote it in their complaints. */
    String withoutKey(String text) {
        return apiKey == null || apiKey.isEmpty() ? text : text.replace(apiKey, "[key]");
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + name + " at " + baseUrl.getScheme() + "://" + baseUrl.getRawAuthority()
                + baseUrl.getRawPath() + (apiKey == null ? ", no key" : ", with a key") + "]";
    }
}
