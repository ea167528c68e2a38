package io.perpetua.application.access;

class InMemoryQuotasTest extends QuotasContract {

    private final InMemoryQuotas quotas = new InMemoryQuotas();

    @Override
    protected Quotas quotas() {
        return quotas;
    }
}
