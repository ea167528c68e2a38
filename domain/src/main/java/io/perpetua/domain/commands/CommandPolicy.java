package io.perpetua.domain.commands;

import java.util.Set;

/**
 * Which command lines may be run. What is not known to be harmless may not.
 *
 * @param rules what is known of programs
 * @param classes what may be run; neither {@link CommandClass#DANGEROUS} nor {@link CommandClass#BLOCKED}
 */
public record CommandPolicy(RuleBook rules, Set<CommandClass> classes) {

    public static final Set<CommandClass> READ_ONLY = Set.of(CommandClass.SAFE);
    public static final Set<CommandClass> WORKSPACE_WRITE = Set.of(CommandClass.SAFE, CommandClass.WRITE);

    public CommandPolicy {
        classes = Set.copyOf(classes);
        if (classes.contains(CommandClass.DANGEROUS) || classes.contains(CommandClass.BLOCKED)) {
            throw new IllegalArgumentException("what is dangerous or blocked can never be allowed: " + classes);
        }
    }

    /**
     * Judges a command line.
     *
     * @param folder the folder that it is to be run in: absolute, or seen from the workspace's root
     */
    public Judgement judge(String line, String folder, Workspace workspace) {
        var planning = new Planning(rules, workspace);
        var judged = planning.judge(line, folder);
        var kind = judged.kind();
        boolean allowed = classes.contains(kind);
        String reason = judged.reason();
        if (kind == CommandClass.WRITE && !allowed) {
            reason = (reason.isEmpty() ? "it changes files" : reason) + ", and only reading is allowed";
        }
        return new Judgement(kind, allowed, reason, planning.parts(), allowed ? planning.plan() : null);
    }
}
