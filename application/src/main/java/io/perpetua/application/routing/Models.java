package io.perpetua.application.routing;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import java.util.List;
import java.util.stream.Stream;

/**
 * The models that can be asked for, by every name a client may use. Immutable; safe for concurrent use.
 */
public final class Models {

    /** The name that leaves the choice to us. */
    public static final String AUTO = "auto";

    /** The window that a model is credited with when nothing is known about it. */
    private static final int UNKNOWN_WINDOW = 128_000;

    private final List<ChatProvider> providers;

    /**
     * Offers what {@code providers} have.
     *
     * @param providers the first one's first model serves {@code auto}; not empty
     */
    public Models(List<ChatProvider> providers) {
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("no provider");
        }
        this.providers = List.copyOf(providers);
    }

    /** Who serves a model, and which. */
    public record Target(ChatProvider provider, ModelInfo model) {}

    /**
     * Whom {@code name} means: {@code auto}, {@code provider/model}, or a bare name, which is looked up among the known
     * models and else handed to the first provider that may know more models than it lists.
     *
     * @throws RequestRefused when nobody could serve it
     */
    public Target target(String name) {
        if (name.equals(AUTO)) {
            return targets().findFirst().orElseThrow(() -> unknown(name));
        }
        var known = targets().filter(each -> isNamed(each.model(), name)).findFirst();
        return known.orElseGet(() -> guess(name));
    }

    /** Every known model. */
    public List<ModelInfo> all() {
        return targets().map(Target::model).toList();
    }

    private Stream<Target> targets() {
        return providers.stream()
                .flatMap(provider -> provider.models().stream().map(model -> new Target(provider, model)));
    }

    private Target guess(String name) {
        for (var provider : providers) {
            String prefix = provider.name() + "/";
            if (provider.open() && name.startsWith(prefix) && name.length() > prefix.length()) {
                return unlisted(provider, name.substring(prefix.length()));
            }
        }
        return providers.stream()
                .filter(ChatProvider::open)
                .findFirst()
                .map(provider -> unlisted(provider, name))
                .orElseThrow(() -> unknown(name));
    }

    private static boolean isNamed(ModelInfo model, String name) {
        return model.id().equals(name) || model.name().equals(name);
    }

    private static Target unlisted(ChatProvider provider, String model) {
        return new Target(provider, new ModelInfo(provider.name(), model, UNKNOWN_WINDOW, null));
    }

    private RequestRefused unknown(String name) {
        var known = all().stream().map(ModelInfo::id).toList();
        return new RequestRefused(
                Reason.NOT_FOUND,
                "model_not_found",
                "model",
                "no configured provider serves the model '" + name + "'; there are auto, " + String.join(", ", known));
    }
}
