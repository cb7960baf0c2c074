/** Puts the dashboard into its page. */
/// <reference types="svelte" />
/// <reference types="vite/client" />
import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

mount(App, { target: document.getElementById("app")! });
