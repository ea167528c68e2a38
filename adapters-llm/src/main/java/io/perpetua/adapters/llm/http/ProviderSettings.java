package io.perpetua.adapters.llm.http;

import io.perpetua.application.routing.ModelInfo;
import java.net.URI;
import java.util.List;

/**
 * Where a provider is and how to ask it. Its text form leaves the keys out.
 *
 * @param name the name in {@code provider/model}
 * @param baseUrl what a dialect's path is appended to, such as {@code https://api.openai.com/v1}
 * @param apiKeys used in turn, empty for a provider that needs none
 * @param models the models it is known to serve, the preferred one first
 */
public record ProviderSettings(
        String name, URI baseUrl, List<String> apiKeys, List<ModelInfo> models, Timeouts timeouts) {

    public ProviderSettings {
        if (!("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme())) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("the base URL of " + name + " must start with http:// or https://");
        }
        if (baseUrl.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the base URL of " + name + " must not hold a user or a password");
        }
        // Checked here because the HTTP client would quote an unusable header's value in its exception.
        if (!apiKeys.stream().allMatch(ProviderSettings::fitsAHeader)) {
            throw new IllegalArgumentException(
                    "a key of " + name + " is empty, or holds spaces or characters beyond ASCII");
        }
        apiKeys = List.copyOf(apiKeys);
        models = List.copyOf(models);
    }

    private static boolean fitsAHeader(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /**
     * Where {@code path} is below the base URL. A base that ends as the path begins, such as in {@code /v1}, is not given
     * that twice; a query of the base, such as Azure's {@code api-version}, comes before the path's own.
     */
    URI endpoint(String path) {
        String base = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        int versionEnds = path.startsWith("/v") ? path.indexOf('/', 1) : 0;
        String below = trimmed.endsWith(path.substring(0, versionEnds)) ? path.substring(versionEnds) : path;
        String query = baseUrl.getRawQuery() == null ? "" : "?" + baseUrl.getRawQuery();
        int question = below.indexOf('?');
        if (question >= 0) {
            query += (query.isEmpty() ? "?" : "&") + below.substring(question + 1);
            below = below.substring(0, question);
        }
        return URI.create(baseUrl.getScheme() + "://" + baseUrl.getRawAuthority() + trimmed + below + query);
    }

    /** {@code text} without any key: some providers quote it in their complaints. */
    String withoutKeys(String text) {
        String clean = text;
        for (String key : apiKeys) {
            clean = clean.replace(key, "[key]");
        }
        return clean;
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + name + " at " + baseUrl.getScheme() + "://" + baseUrl.getRawAuthority()
                + baseUrl.getRawPath() + ", " + apiKeys.size() + (apiKeys.size() == 1 ? " key" : " keys") + "]";
    }
}
