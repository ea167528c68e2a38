package io.perpetua.adapters.commands;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/*
 * A repository's configuration names programs that git runs: for signatures, pages, hooks, editors, passwords, transports.
 * What is set by the environment wins over it, so each is set here, once and for all. Filters, and drivers for merging, have
 * names that the repository chooses: where there are any, git is not run (GitConfiguration).
 */
/** What git's environment is, so that nothing that a repository configures is run. */
final class GitSettings {

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
            Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
            Map.entry("GIT_ATTR_NOSYSTEM", "1"),
            Map.entry("GIT_OPTIONAL_LOCKS", "0"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"),
            Map.entry("GIT_NO_LAZY_FETCH", "1"),
            Map.entry("GIT_ALLOW_PROTOCOL", "none"),
            Map.entry("GIT_TEMPLATE_DIR", ""),
            Map.entry("GIT_PAGER", "cat"),
            Map.entry("GIT_EDITOR", "false"),
            Map.entry("GIT_SEQUENCE_EDITOR", "false"),
            Map.entry("GIT_ASKPASS", "false"),
            Map.entry("GIT_SSH_COMMAND", "false"));

    /** Each key that names a program, with one that does nothing. */
    private static final Map<String, String> CONFIGURATION = Map.ofEntries(
            Map.entry("safe.directory", "*"),
            Map.entry("safe.bareRepository", "explicit"),
            Map.entry("core.fsmonitor", "false"),
            Map.entry("core.hooksPath", "/dev/null"),
            Map.entry("core.attributesFile", "/dev/null"),
            Map.entry("core.pager", "cat"),
            Map.entry("core.editor", "false"),
            Map.entry("core.askPass", "false"),
            Map.entry("core.sshCommand", "false"),
            Map.entry("core.gitProxy", "false"),
            Map.entry("core.alternateRefsCommand", "false"),
            Map.entry("credential.helper", ""),
            Map.entry("gpg.program", "false"),
            Map.entry("gpg.openpgp.program", "false"),
            Map.entry("gpg.x509.program", "false"),
            Map.entry("gpg.ssh.program", "false"),
            Map.entry("gpg.ssh.defaultKeyCommand", "false"),
            Map.entry("log.showSignature", "false"),
            Map.entry("log.diffMerges", "separate"),
            Map.entry("diff.submodule", "short"),
            Map.entry("status.submoduleSummary", "false"),
            Map.entry("commit.gpgSign", "false"),
            Map.entry("tag.gpgSign", "false"),
            Map.entry("interactive.diffFilter", "cat"),
            Map.entry("gc.auto", "0"),
            Map.entry("maintenance.auto", "false"),
            Map.entry("protocol.allow", "never"));

    private GitSettings() {}

    /** The environment for git in {@code workspace}. */
    static Map<String, String> environment(Path workspace) {
        var environment = new LinkedHashMap<>(ENVIRONMENT);
        environment.put("GIT_CEILING_DIRECTORIES", String.valueOf(workspace.getParent()));
        environment.put("GIT_CONFIG_COUNT", String.valueOf(CONFIGURATION.size()));
        int number = 0;
        for (var each : CONFIGURATION.entrySet()) {
            environment.put("GIT_CONFIG_KEY_" + number, each.getKey());
            environment.put("GIT_CONFIG_VALUE_" + number, each.getValue());
            number++;
        }
        return environment;
    }
}
