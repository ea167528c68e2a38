package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.perpetua.adapters.commands.BuiltinExecutor;
import io.perpetua.adapters.commands.FileAuditLog;
import io.perpetua.adapters.commands.FileWorkspace;
import io.perpetua.adapters.commands.Limits;
import io.perpetua.adapters.commands.SandboxedExecutor;
import io.perpetua.adapters.llm.wire.JsonCompletionFormat;
import io.perpetua.adapters.llm.wire.JsonToolFormat;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.chat.AnswerLocally;
import io.perpetua.application.chat.CommandTool;
import io.perpetua.application.commands.AuditLog;
import io.perpetua.application.commands.Executor;
import io.perpetua.application.commands.RunCommands;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.commands.CommandPolicy;
import io.perpetua.domain.commands.RuleBook;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands, as configured; there is nothing of them where no workspace is. */
@Factory
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final long MEGABYTE = 1L << 20;
    private static final int KILOBYTE = 1 << 10;

    /** Whether there is a workspace. */
    static final class WorkspaceIsSet implements Condition {

        @Override
        @SuppressWarnings("rawtypes") // as the framework declares it
        public boolean matches(ConditionContext context) {
            return context.getProperty("perpetua.commands.workspace", String.class)
                    .filter(folder -> !folder.isBlank())
                    .isPresent();
        }
    }

    /** What is wrong with the section, beyond its keys: folders and files that are not there. */
    static CommandPolicy check(Settings settings) {
        if (settings.find(Keys.WORKSPACE) != null) {
            workspaceOf(settings);
        }
        String tool = settings.find(Keys.COMMANDS_TOOL);
        if (tool != null && !TOOL_NAME.matcher(tool).matches()) {
            throw new IllegalArgumentException(
                    "tool: '" + tool + "' is not a name of up to 64 letters, digits, '_' and '-'");
        }
        return policy(settings);
    }

    private static FileWorkspace workspaceOf(Settings settings) {
        String folder = Objects.requireNonNull(settings.find(Keys.WORKSPACE));
        return new FileWorkspace(Path.of(folder), System.getProperty("user.home"));
    }

    private static CommandPolicy policy(Settings settings) {
        var rules = RuleBook.shipped();
        return switch (settings.get(Keys.COMMANDS_PROFILE)) {
            case "workspace-write" -> new CommandPolicy(rules, CommandPolicy.WORKSPACE_WRITE);
            case "custom" ->
                new CommandPolicy(
                        custom(rules, settings.find(Keys.COMMANDS_RULES)),
                        settings.get(Keys.COMMANDS_WRITES) ? CommandPolicy.WORKSPACE_WRITE : CommandPolicy.READ_ONLY);
            default -> new CommandPolicy(rules, CommandPolicy.READ_ONLY);
        };
    }

    private static RuleBook custom(RuleBook rules, @Nullable String file) {
        if (file == null) {
            return rules;
        }
        try {
            return rules.with(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the rules " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the rules " + file + ": " + e.getMessage(), e);
        }
    }

    @Singleton
    @Requires(condition = WorkspaceIsSet.class)
    FileWorkspace workspace(Settings settings) {
        return workspaceOf(settings);
    }

    /** Also without a workspace: what was said while there was one is to be erased with its conversation. */
    @Bean(preDestroy = "close")
    @Singleton
    FileAuditLog auditLog(Settings settings, InstantSource clock) {
        return new FileAuditLog(
                Path.of(settings.get(Keys.DATA)), settings.get(Keys.COMMANDS_AUDIT_FILE) * MEGABYTE, clock);
    }

    @Singleton
    @Requires(condition = WorkspaceIsSet.class)
    Executor executor(Settings settings, FileWorkspace workspace) {
        var limits = new Limits(
                settings.get(Keys.COMMANDS_TIME),
                settings.get(Keys.COMMANDS_OUTPUT) * KILOBYTE,
                settings.get(Keys.COMMANDS_MEMORY) * MEGABYTE,
                settings.get(Keys.COMMANDS_PROCESSES));
        var sandbox = settings.get(Keys.COMMANDS_SANDBOX).equals("auto")
                ? SandboxedExecutor.find(path(), workspace, limits)
                : null;
        LOG.info(
                "Commands are confined to {}; {}",
                workspace.root(),
                sandbox == null ? "there is no sandbox, so only what is built in is run" : "they run in bubblewrap");
        return sandbox == null ? new BuiltinExecutor(workspace, limits) : sandbox;
    }

    private static List<String> path() {
        String path = System.getenv("PATH");
        return path == null ? List.of("/usr/bin", "/bin") : List.of(path.split(File.pathSeparator, -1));
    }

    @Singleton
    @Requires(condition = WorkspaceIsSet.class)
    RunCommands runCommands(
            Settings settings,
            FileWorkspace workspace,
            Executor executor,
            AuditLog audit,
            Ids ids,
            InstantSource clock) {
        return new RunCommands(
                policy(settings),
                workspace,
                executor,
                audit,
                ids,
                clock,
                System::nanoTime,
                settings.get(Keys.COMMANDS_AT_ONCE));
    }

    /** What models are lent, where it has a name. */
    @Singleton
    @Requires(condition = WorkspaceIsSet.class)
    @Requires(property = "perpetua.commands.tool")
    CommandTool commandTool(
            Settings settings, RunCommands commands, MessageWriter writer, Ids ids, InstantSource clock) {
        return new CommandTool(
                Objects.requireNonNull(settings.find(Keys.COMMANDS_TOOL)),
                settings.get(Keys.COMMANDS_TOOL_ROUNDS),
                commands,
                new JsonToolFormat(),
                new JsonCompletionFormat(),
                writer,
                ids,
                clock);
    }

    @Singleton
    @Requires(condition = WorkspaceIsSet.class)
    AnswerLocally answerLocally(
            RunCommands commands, ReuseAnswers answers, MessageWriter writer, Ids ids, InstantSource clock) {
        return new AnswerLocally(commands, new JsonCompletionFormat(), answers, writer, ids, clock);
    }
}
