package io.perpetua.adapters.one.breach;

import io.perpetua.adapters.two.breach.Other;
import io.perpetua.bootstrap.Complaint;

public record MeetsAnother(Other other) {

    public void shout() {
        System.out.println(new Complaint("breach"));
    }
}
