@NullMarked
package io.perpetua.adapters.http.json;

import org.jspecify.annotations.NullMarked;
