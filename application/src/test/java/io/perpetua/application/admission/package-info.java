@NullMarked
package io.perpetua.application.admission;

import org.jspecify.annotations.NullMarked;
