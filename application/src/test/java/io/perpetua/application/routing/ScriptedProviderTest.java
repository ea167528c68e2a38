package io.perpetua.application.routing;

/** The fake keeps the contract that the providers keep which it stands for. */
class ScriptedProviderTest extends ChatProviderContract {

    @Override
    protected ChatProvider provider() {
        return new AnsweringProvider();
    }
}
