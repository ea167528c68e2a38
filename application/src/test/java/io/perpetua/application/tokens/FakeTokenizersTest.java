package io.perpetua.application.tokens;

class FakeTokenizersTest extends TokenizersContract {

    @Override
    protected Tokenizers tokenizers() {
        return new FakeTokenizers();
    }
}
